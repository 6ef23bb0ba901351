import { quantile } from '../../bench/measure/statistics.ts';
import type { HeardTrack } from './decodeAudio.ts';
import type { Decoded } from './decodeRecording.ts';
import { isCorrupt, type Seen, type SeenFrame } from './decodeVideo.ts';
import {
  dutyOf,
  expectEvents,
  expectFrames,
  spanOf,
  type Arrivals,
  type ExpectedEvent,
  type Taping,
} from './expectation.ts';
import { SECONDS_CODED } from './picture.ts';
import { BEEP_MS, TONES, type Noise } from './sound.ts';
import type { TruthTrack } from './TruthPeer.ts';
import type { SentPacket } from './TruthSource.ts';

export interface Errors {
  readonly p95Ms: number;
  readonly maxMs: number;
}

/** What became of the flashes or beeps of one track. */
export interface EventVerdict {
  /** Such as `Ana microphone`. */
  readonly what: string;
  readonly must: number;
  readonly found: number;
  /** Seconds since the clip's zero of those that are not there. */
  readonly missing: readonly number[];
  /** Times, on the recording's clock, of those that nobody sent, or sent outside the recording. */
  readonly extra: readonly number[];
  /** Found against sent. */
  readonly errors: Errors;
}

export interface FrameVerdict {
  readonly what: string;
  readonly must: number;
  readonly missing: number;
  readonly errors: Errors;
  readonly corrupt: number;
  /** Corrupt although nothing was lost within the second before. */
  readonly unexplained: number;
  readonly longestCorruptMs: number;
}

export interface SoundVerdict {
  readonly what: string;
  /** Times of sound where there should be silence. */
  readonly noises: readonly number[];
  /** Times, on the recording's clock, of packets that arrived and are silence in the file. */
  readonly missing: readonly number[];
  /** Of packets that never arrived. */
  readonly lostMs: number;
}

export interface ArchiveVerdict {
  readonly events: readonly EventVerdict[];
  readonly frames: readonly FrameVerdict[];
  readonly sounds: readonly SoundVerdict[];
  /** Beep against flash of the same second. */
  readonly sync: (Errors & { readonly pairs: number }) | null;
  readonly complaints: readonly string[];
}

export interface JudgeOptions {
  readonly peer: { readonly name: string; readonly tracks: readonly TruthTrack[] };
  /** Camera and microphone are together, the screen apart. */
  readonly source: 'camera' | 'screen';
  readonly decoded: Decoded;
  readonly taping: Taping;
  /** Absent: all arrived at once. */
  readonly arrivalsOf?: (track: TruthTrack) => Arrivals;
}

/** Farther from its time it is another one. */
const NEAR_MS = 500;
/** Longest trace that a lost packet may leave: until the next key frame. */
const TRACE_MS = 1050;
const PACKET_MS = 20;
/** Sound next to a hole fades, and the hole is where the file's clock puts it. */
const TRACE_SOUND_MS = 45;

/** A decoder that begins in the middle of a stream is not itself for so long (RFC 7845), faintly. */
const SETTLING = { ms: 80, peak: 0.02 };

interface Found {
  readonly atMs: number;
  /** The number in it, and after how many it begins anew. */
  readonly number: number | undefined;
  readonly n: number | undefined;
}

interface Match {
  readonly second: number;
  readonly errorMs: number;
  readonly atMs: number;
}

export const judgeArchive = (options: JudgeOptions): ArchiveVerdict => {
  const { peer, source, decoded } = options;
  const of = (wanted: TruthTrack['source']): TruthTrack[] =>
    peer.tracks.filter((track) => track.source === wanted);
  const [picture] = of(source);
  const [sound] = of(source === 'camera' ? 'microphone' : 'screenAudio');
  const seen = picture && judgePicture(options, picture, decoded.video);
  const heard = sound && judgeSound(options, sound, decoded.audio);
  return {
    events: [seen, heard].flatMap((verdict) => (verdict ? [verdict.event] : [])),
    frames: seen ? [seen.frames] : [],
    sounds: heard ? [heard.sound] : [],
    sync: seen && heard ? syncOf(seen.matches, heard.matches) : null,
    complaints: [...(decoded.video?.complaints ?? []), ...(decoded.audio?.complaints ?? [])],
  };
};

const arrivalsIn = ({ arrivalsOf }: JudgeOptions, track: TruthTrack): Arrivals =>
  arrivalsOf?.(track) ?? new Map(track.sending.sent.map((packet) => [packet, packet.wroteMs]));

const lostIn = ({ sending }: TruthTrack, arrivals: Arrivals): SentPacket[] =>
  sending.sent.filter((packet) => !arrivals.has(packet));

const judgePicture = (options: JudgeOptions, track: TruthTrack, seen: Seen | null) => {
  const arrivals = arrivalsIn(options, track);
  const { event, matches } = judgeEvents(options, {
    track,
    what: `${options.peer.name} ${track.source}`,
    expected: expectEvents(track, options.taping, arrivals),
    found: (seen?.flashes ?? []).map(({ atMs, n, second }) => ({ atMs, n, number: second })),
    period: SECONDS_CODED,
  });
  return { event, matches, frames: judgeFrames(options, track, seen?.frames ?? [], arrivals) };
};

const judgeSound = (options: JudgeOptions, track: TruthTrack, heard: HeardTrack | null) => {
  const arrivals = arrivalsIn(options, track);
  const what = `${options.peer.name} ${track.source}`;
  const expected = expectEvents(track, options.taping, arrivals);
  const { event, matches } = judgeEvents(options, {
    track,
    what,
    expected,
    found: (heard?.beeps ?? []).map(({ atMs, n, tone }) => ({ atMs, n, number: tone })),
    period: TONES,
  });
  const sound: SoundVerdict = {
    what,
    noises: (heard?.noises ?? [])
      .filter((noise) => !isSettling(noise, heard))
      .map(({ fromMs }) => fromMs)
      .filter((fromMs) => !isPieceOf(expected, fromMs + options.taping.zeroMs)),
    missing: heard ? missingSound(options, track, heard, arrivals) : [],
    lostMs: lostIn(track, arrivals).length * PACKET_MS,
  };
  return { event, matches, sound };
};

const isSettling = ({ fromMs, peak }: Noise, heard: HeardTrack | null): boolean =>
  peak < SETTLING.peak &&
  (heard?.sounding ?? []).some(
    (stretch) => fromMs >= stretch.fromMs && fromMs < stretch.fromMs + SETTLING.ms,
  );

/** A beep of which a part was cut off, where that was to be expected, is no beep and no noise. */
const isPieceOf = (expected: readonly ExpectedEvent[], fromMs: number): boolean =>
  expected.some(
    ({ duty, atMs }) =>
      duty === 'may' && fromMs > atMs - PACKET_MS && fromMs < atMs + BEEP_MS + PACKET_MS,
  );

interface Events {
  readonly track: TruthTrack;
  readonly what: string;
  readonly expected: readonly ExpectedEvent[];
  readonly found: readonly Found[];
  readonly period: number;
}

const judgeEvents = (
  { taping }: JudgeOptions,
  { track, what, expected, found, period }: Events,
): { event: EventVerdict; matches: Match[] } => {
  const { clip } = track.sending;
  const free = new Set(expected.filter(({ duty }) => duty !== 'never'));
  const matches: Match[] = [];
  const extra: number[] = [];
  for (const { atMs, n, number } of found) {
    const match = [...free].find(
      (event) =>
        n === clip.n &&
        number === (event.second % clip.seconds) % period &&
        Math.abs(event.atMs - taping.zeroMs - atMs) < NEAR_MS,
    );
    if (match) {
      free.delete(match);
      matches.push({
        second: match.second,
        atMs,
        errorMs: atMs - (match.atMs - taping.zeroMs),
      });
    } else extra.push(atMs);
  }
  const event = {
    what,
    must: expected.filter(({ duty }) => duty === 'must').length,
    found: matches.length,
    missing: [...free].filter(({ duty }) => duty === 'must').map(({ second }) => second),
    extra,
    errors: errorsOf(matches.map(({ errorMs }) => errorMs)),
  };
  return { event, matches };
};

const judgeFrames = (
  { peer, taping }: JudgeOptions,
  track: TruthTrack,
  frames: readonly SeenFrame[],
  arrivals: Arrivals,
): FrameVerdict => {
  const expected = expectFrames(track, taping, arrivals);
  const byCode = Map.groupBy(
    expected,
    ({ second, frame }) => `${second % track.sending.clip.seconds} ${frame}`,
  );
  const seen = new Set<unknown>();
  const errors: number[] = [];
  for (const { code, atMs } of frames) {
    if (!code) continue;
    const match = byCode
      .get(`${code.second} ${code.frame}`)
      ?.find((frame) => Math.abs(frame.atMs - taping.zeroMs - atMs) < NEAR_MS && !seen.has(frame));
    if (!match || code.n !== track.sending.clip.n) continue;
    seen.add(match);
    errors.push(atMs - (match.atMs - taping.zeroMs));
  }
  const must = expected.filter(({ duty }) => duty === 'must');
  const corrupt = frames.filter(isCorrupt);
  const lostAtMs = lostIn(track, arrivals).map(({ dueMs }) => dueMs - taping.zeroMs);
  return {
    what: `${peer.name} ${track.source}`,
    must: must.length,
    missing: must.filter((frame) => !seen.has(frame)).length,
    errors: errorsOf(errors),
    corrupt: corrupt.length,
    unexplained: corrupt.filter(
      ({ atMs }) => !lostAtMs.some((at) => atMs >= at - NEAR_MS / 2 && atMs <= at + TRACE_MS),
    ).length,
    longestCorruptMs: longestCorrupt(frames),
  };
};

/** From the first bad picture to the next good one. */
const longestCorrupt = (frames: readonly SeenFrame[]): number => {
  let longest = 0;
  let sinceMs: number | undefined;
  for (const frame of frames) {
    if (sinceMs !== undefined) longest = Math.max(longest, frame.atMs - sinceMs);
    if (isCorrupt(frame)) sinceMs ??= frame.atMs;
    else sinceMs = undefined;
  }
  return longest;
};

/** What left while the recording ran, and arrived, and is silence in the file. */
const missingSound = (
  { taping }: JudgeOptions,
  track: TruthTrack,
  { sounding }: HeardTrack,
  arrivals: Arrivals,
): number[] => {
  const lostAtMs = lostIn(track, arrivals).map(({ dueMs }) => dueMs);
  const missing = track.sending.sent.filter((packet) => {
    const { dueMs } = packet;
    const span = spanOf([packet], [dueMs, dueMs + PACKET_MS], arrivals);
    const isNearLoss = lostAtMs.some((lostMs) => Math.abs(lostMs - dueMs) < TRACE_SOUND_MS);
    if (isNearLoss || dutyOf(track, taping, span, true) !== 'must') return false;
    const atMs = dueMs + PACKET_MS / 2 - taping.zeroMs;
    return !sounding.some(
      ({ fromMs, toMs }) => atMs > fromMs - PACKET_MS / 2 && atMs < toMs + PACKET_MS / 2,
    );
  });
  return missing.map(({ dueMs }) => dueMs - taping.zeroMs);
};

const syncOf = (flashes: readonly Match[], beeps: readonly Match[]): ArchiveVerdict['sync'] => {
  const seenAt = new Map(flashes.map(({ second, atMs }) => [second, atMs]));
  const differences = beeps.flatMap(({ second, atMs }) => {
    const flashAt = seenAt.get(second);
    return flashAt === undefined ? [] : [atMs - flashAt];
  });
  return { ...errorsOf(differences), pairs: differences.length };
};

/** Of nothing: 0. The sign of the largest is kept. */
const errorsOf = (values: readonly number[]): Errors => {
  if (values.length === 0) return { p95Ms: 0, maxMs: 0 };
  const largest = values.reduce((a, b) => (Math.abs(b) > Math.abs(a) ? b : a));
  return { p95Ms: quantile(values.map(Math.abs), 0.95), maxMs: largest };
};
