import { describe, expect, it } from 'vitest';
import type { TruthClip } from './clip.ts';
import type { HeardTrack } from './decodeAudio.ts';
import type { Decoded } from './decodeRecording.ts';
import type { Seen } from './decodeVideo.ts';
import { expectEvents, type Taping } from './expectation.ts';
import { judgeArchive, type ArchiveVerdict } from './judge.ts';
import { isFlashFrame } from './picture.ts';
import type { TruthTrack } from './TruthPeer.ts';
import { verdictTable } from './verdictTable.ts';

const ZERO_MS = 50_000;
/** The recording began this long after the sender. */
const LATER_MS = 2_500;
const SECONDS = 10;
const taping: Taping = {
  zeroMs: ZERO_MS + LATER_MS,
  kept: [[ZERO_MS + LATER_MS, ZERO_MS + 20_000]],
  doubts: [[ZERO_MS + LATER_MS, ZERO_MS + LATER_MS + 300]],
};

const clip = (codec: 'opus' | 'vp8', everyMs: number): TruthClip => ({
  n: 3,
  codec,
  clockRate: 1000,
  seconds: 32,
  packets: Array.from({ length: 32_000 / everyMs }, (_, i) => ({
    payload: Buffer.alloc(1),
    marker: true,
    atMs: i * everyMs,
  })),
});

const track = (
  source: 'camera' | 'microphone',
  codec: 'opus' | 'vp8',
  everyMs: number,
): TruthTrack => {
  const played = clip(codec, everyMs);
  const sent = played.packets
    .filter(({ atMs }) => atMs < SECONDS * 1000)
    .map(({ atMs }, i) => ({
      sequence: i,
      dueMs: ZERO_MS + atMs,
      wroteMs: ZERO_MS + atMs + 1,
      clipMs: atMs,
    }));
  return {
    source,
    sending: { clip: played, zeroMs: ZERO_MS, sent, outlet: undefined },
    doubts: [],
  };
};

const camera = track('camera', 'vp8', 50);
const microphone = track('microphone', 'opus', 20);

const onTape = (clipMs: number): number => clipMs - LATER_MS;

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** What a perfect recording shows from the first key frame on. */
const perfect = (): { video: Mutable<Seen>; audio: Mutable<HeardTrack> } => ({
  video: {
    frames: camera.sending.sent
      .filter(({ clipMs }) => clipMs >= 3000)
      .map(({ clipMs }) => {
        const frame = (clipMs % 1000) / 50;
        return {
          atMs: onTape(clipMs),
          code: { n: 3, second: Math.floor(clipMs / 1000), frame },
          flash: isFlashFrame(frame),
          spoilt: 0,
          ghost: 0,
        };
      }),
    flashes: [3, 4, 5, 6, 7, 8, 9].map((second) => ({
      atMs: onTape(second * 1000),
      lengthMs: 100,
      n: 3,
      second,
    })),
    complaints: [],
  },
  audio: {
    startMs: 0,
    endMs: onTape(SECONDS * 1000),
    gaps: [],
    beeps: [3, 4, 5, 6, 7, 8, 9].map((second) => ({
      atMs: onTape(second * 1000),
      lengthMs: 100,
      n: 3,
      tone: second,
    })),
    noises: [],
    sounding: [{ fromMs: 0, toMs: onTape(SECONDS * 1000) }],
    complaints: [],
  },
});

const judge = (
  decoded: Decoded,
  lost: readonly TruthTrack['sending']['sent'][number][] = [],
): ArchiveVerdict =>
  judgeArchive({
    peer: { name: 'Ana', tracks: [camera, microphone] },
    source: 'camera',
    decoded,
    taping,
    arrivalsOf: ({ source, sending }) =>
      new Map(
        sending.sent
          .filter((packet) => source !== 'camera' || !lost.includes(packet))
          .map((packet) => [packet, packet.wroteMs]),
      ),
  });

describe('the judge', () => {
  it('has nothing to say about a perfect recording', () => {
    const { events, frames, sounds, sync } = judge(perfect());
    for (const event of events)
      expect(event).toMatchObject({ must: 7, found: 7, missing: [], extra: [] });
    expect(frames).toMatchObject([{ must: 140, missing: 0, corrupt: 0, unexplained: 0 }]);
    expect(sounds).toMatchObject([{ noises: [], missing: [] }]);
    expect(sync).toEqual({ p95Ms: 0, maxMs: 0, pairs: 7 });
  });

  it('misses a beep and a flash', () => {
    const decoded = perfect();
    decoded.audio.beeps = decoded.audio.beeps.toSpliced(2, 1);
    decoded.video.flashes = decoded.video.flashes.toSpliced(4, 1);
    expect(judge(decoded).events.map(({ missing }) => missing)).toEqual([[7], [5]]);
  });

  it('sees what nobody sent', () => {
    const decoded = perfect();
    const [beep] = decoded.audio.beeps;
    decoded.audio.beeps = [...decoded.audio.beeps, { ...beep!, n: 4 }, { ...beep!, atMs: 5200 }];
    expect(judge(decoded).events[1]!.extra).toEqual([beep!.atMs, 5200]);
  });

  it('hears noise, but not that a decoder begins in the middle of a stream', () => {
    const noisesOf = (fromMs: number, peak: number) => {
      const decoded = perfect();
      decoded.audio.noises = [{ fromMs, toMs: fromMs + 15, peak }];
      return judge(decoded).sounds[0]!.noises;
    };
    expect(noisesOf(10, 0.009)).toEqual([]);
    expect(noisesOf(10, 0.05)).toEqual([10]);
    expect(noisesOf(500, 0.009)).toEqual([500]);
  });

  it('measures how far a file is off, and its sound from its picture', () => {
    const decoded = perfect();
    decoded.audio.beeps = decoded.audio.beeps.map((beep) => ({ ...beep, atMs: beep.atMs - 70 }));
    const { events, sync } = judge(decoded);
    expect(events[1]!.errors).toEqual({ p95Ms: 70, maxMs: -70 });
    expect(sync).toMatchObject({ p95Ms: 70, maxMs: -70 });
  });

  it('asks for nothing that was sent outside, and takes it amiss', () => {
    const paused: Taping = {
      ...taping,
      kept: [
        [taping.zeroMs, ZERO_MS + 4500],
        [ZERO_MS + 6500, ZERO_MS + 20_000],
      ],
    };
    const { events } = judgeArchive({
      peer: { name: 'Ana', tracks: [camera, microphone] },
      source: 'camera',
      decoded: perfect(),
      taping: paused,
    });
    expect(events[1]).toMatchObject({ must: 5, found: 5, missing: [] });
    expect(events[1]!.extra).toEqual([onTape(5000), onTape(6000)]);
  });

  it('tells pictures that are spoilt by a loss from others', () => {
    const decoded = perfect();
    decoded.video.frames = decoded.video.frames.map((frame) => {
      const { second, frame: number } = frame.code!;
      const bad = (second === 5 && number >= 8) || (second === 8 && number === 4);
      return bad ? { ...frame, code: undefined } : frame;
    });
    const lost = camera.sending.sent.filter(({ clipMs }) => clipMs === 5400);
    expect(judge(decoded, lost).frames[0]).toMatchObject({
      must: 140 - 12,
      missing: 1,
      corrupt: 13,
      unexplained: 1,
      longestCorruptMs: 600,
    });
  });

  it('counts sound that is missing', () => {
    const decoded = perfect();
    decoded.audio.sounding = [
      { fromMs: 0, toMs: 3000 },
      { fromMs: 3200, toMs: 60_000 },
    ];
    expect(judge(decoded).sounds[0]!.missing).toHaveLength(10);
  });

  it('does not ask for what arrived only after the pause had begun', () => {
    const late = microphone.sending.sent.find(({ clipMs }) => clipMs === 6060)!;
    const paused: Taping = { ...taping, kept: [[taping.zeroMs, ZERO_MS + 6200]] };
    const duties = [100, 500].map((delayMs) => {
      const arrivals = new Map(microphone.sending.sent.map((packet) => [packet, packet.wroteMs]));
      arrivals.set(late, late.wroteMs + delayMs);
      return expectEvents(microphone, paused, arrivals).find(({ second }) => second === 6)?.duty;
    });
    expect(duties).toEqual(['must', 'may']);
  });

  it('draws a table', () => {
    const table = verdictTable([judge(perfect())]);
    expect(table).toContain('Ana microphone');
    expect(table.split('\n').length).toBe(6);
  });
});
