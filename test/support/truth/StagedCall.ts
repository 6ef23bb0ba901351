import type { Source } from '../../../server/protocol/media.ts';
import type { RecordingRecord } from '../../../server/recordings/RecordingRecord.ts';
import { Stage } from '../journalOfStage.ts';
import type { PlayedClip } from '../journalOfTruth.ts';
import type { Act, CastMember } from './cast.ts';
import { truthClip, type ClipCodec, type TruthClip } from './clip.ts';
import type { Taping } from './expectation.ts';
import type { Turn } from './judgeRender.ts';
import {
  SCREEN_CODEC,
  screenNumber,
  zeroBefore,
  type Doubt,
  type TruthTrack,
} from './TruthPeer.ts';

/** From second to second. */
export type Span = readonly [from: number, to: number];

export interface Part {
  readonly name: string;
  readonly n: number;
  /** Each time as somebody new. */
  readonly here: readonly Span[];
  /** What is sent, and while; `clip`: instead of what person `n` sends in that codec. */
  readonly camera?: readonly CameraPart[];
  readonly microphone?: readonly Span[];
  /** While they alone are loud. */
  readonly speaks?: readonly Span[];
  readonly screen?: readonly Span[];
  /** Of the clock of all that they send. */
  readonly skewPpm?: number;
}

export interface CameraPart {
  readonly spans: readonly Span[];
  readonly codec: Exclude<ClipCodec, 'opus'>;
  readonly clip?: PlayedClip;
}

export interface StagedScript {
  readonly seconds: number;
  readonly parts: readonly Part[];
  readonly pauses?: readonly Span[];
}

/** libopus answers this much late. */
const OPUS_DELAY_MS = 6.5;
/** From the sender to the journal: of a track of a few seconds nothing tells it from lateness. */
const JOURNEY_MS = 10;
/** What is cut off at an end may be there or not. */
const EDGE_MS = 120;
const LOUD_DBOV = -25;
const QUIET_DBOV = -90;
const CLIP_SECONDS = 32;

const inMs = ([from, to]: Span): Doubt => [from * 1000, to * 1000];

/**
 * A recorded call that never took place: its journals are written at once, and all that follows, from
 * finishing on, is real. Its clock is the process's, from 0 on.
 */
export class StagedCall {
  readonly cast: readonly CastMember[];
  readonly taping: Taping;
  readonly turns: readonly Turn[];
  readonly record: RecordingRecord;
  readonly #stage: Stage;

  static async create(script: StagedScript): Promise<StagedCall> {
    const stage = await Stage.create();
    try {
      const cast: CastMember[] = [];
      for (const part of script.parts) cast.push(await perform(part, stage, script));
      for (const [fromMs, toMs] of (script.pauses ?? []).map(inMs)) {
        stage.note({ type: 'paused' }, fromMs);
        stage.note({ type: 'resumed' }, toMs);
      }
      await stage.stop(script.seconds * 1000);
      const finished = await stage.finish();
      const ended = { endedAt: stage.record.startedAt + finished.durationMs };
      return new StagedCall(stage, cast, script, {
        ...stage.record,
        ...finished,
        ...ended,
        people: [...finished.people],
        gaps: [...finished.gaps],
        files: [...finished.files],
        state: 'ready',
        stopReason: 'stopped',
      });
    } catch (error) {
      await stage.close();
      throw error;
    }
  }

  private constructor(
    stage: Stage,
    cast: readonly CastMember[],
    { seconds, parts, pauses = [] }: StagedScript,
    record: RecordingRecord,
  ) {
    this.#stage = stage;
    this.cast = cast;
    this.record = record;
    const ends = [0, ...pauses.flat(), seconds].map((second) => second * 1000);
    this.taping = {
      zeroMs: 0,
      kept: Array.from({ length: ends.length / 2 }, (_, i): Doubt => [
        ends[2 * i] ?? 0,
        ends[2 * i + 1] ?? 0,
      ]),
      doubts: ends.map((atMs): Doubt => [atMs - EDGE_MS, atMs + EDGE_MS]),
    };
    this.turns = parts.flatMap(({ n, speaks = [] }) =>
      speaks.map(inMs).map(([fromMs, toMs]) => ({ n, fromMs, toMs })),
    );
  }

  /** Of all recordings; this is the only one. */
  get root(): string {
    return this.#stage.root;
  }

  close(): Promise<void> {
    return this.#stage.close();
  }
}

const perform = async (
  { name, n, here, camera = [], microphone = [], speaks = [], screen = [], skewPpm = 0 }: Part,
  stage: Stage,
  { pauses = [] }: StagedScript,
): Promise<CastMember> => {
  const acts: Act[] = [];
  const tracks: TruthTrack[] = [];
  const note = (what: Act['what'], [fromMs, toMs]: Doubt): void => {
    acts.push({ what, on: true, span: [fromMs, fromMs] });
    acts.push({ what, on: false, span: [toMs, toMs] });
  };
  const ids = here.map((span) => {
    const [fromMs, toMs] = inMs(span);
    const participantId = stage.joins(name, fromMs);
    stage.note({ type: 'left', participantId }, toMs);
    note('here', [fromMs, toMs]);
    return { participantId, fromMs, toMs };
  });
  const send = async (
    source: Source,
    spans: readonly Span[],
    clip: PlayedClip,
    number: number,
    delayMs = 0,
  ): Promise<void> => {
    const zeroMs = zeroBefore(0, n);
    const sent: TruthTrack['sending']['sent'][number][] = [];
    const doubts: Doubt[] = [];
    for (const { participantId, ...stay } of ids) {
      const own = spans.map(inMs).filter(([from, to]) => from >= stay.fromMs && to <= stay.toMs);
      if (own.length === 0) continue;
      const trackId = crypto.randomUUID();
      for (const [i, [fromMs, toMs]] of own.entries()) {
        const first = { type: 'published', trackId, participantId, source, paused: false } as const;
        const again = { type: 'trackPaused', trackId, participantId, paused: false } as const;
        stage.note(i === 0 ? first : again, fromMs);
        stage.note({ type: 'trackPaused', trackId, participantId, paused: true }, toMs);
        doubts.push([fromMs - EDGE_MS, fromMs + EDGE_MS], [toMs - EDGE_MS, toMs + EDGE_MS]);
      }
      const isLoud = (atMs: number): boolean =>
        speaks.map(inMs).some(([from, to]) => atMs >= from && atMs < to);
      const written = await stage.track({
        participantId,
        name,
        source,
        clip,
        trackId,
        zeroMs: zeroMs - delayMs,
        delayMs: JOURNEY_MS,
        skewPpm,
        sent: own
          .flatMap((span) => without(span, pauses.map(inMs)))
          .map((span) => (source === 'microphone' ? span : fromKey(span, zeroMs, skewPpm))),
        quiet: true,
        ...(source === 'microphone' && {
          levelDbov: (atMs: number) => (isLoud(atMs) ? LOUD_DBOV : QUIET_DBOV),
        }),
      });
      for (const { captureMs } of written) {
        const clipMs = Math.round((captureMs - zeroMs + delayMs) * (1 + skewPpm / 1e6));
        if (clipMs === sent.at(-1)?.clipMs) continue;
        const wroteMs = captureMs;
        sent.push({ sequence: sent.length, dueMs: captureMs, wroteMs, clipMs });
      }
    }
    const sending = {
      clip: judgedBy(clip, source, number),
      zeroMs,
      sent,
      outlet: undefined,
      skewPpm,
    };
    const before = tracks.findIndex((track) => track.source === source);
    if (before < 0) tracks.push({ source, sending, doubts });
    else tracks[before] = together(tracks[before]!, { source, sending, doubts });
  };
  for (const { spans, codec, clip } of camera) {
    await send('camera', spans, clip ?? (await truthClip({ n, codec, seconds: CLIP_SECONDS })), n);
    for (const span of spans) note('camera', inMs(span));
  }
  if (microphone.length > 0) {
    const clip = await truthClip({ n, codec: 'opus', seconds: CLIP_SECONDS });
    await send('microphone', microphone, clip, n, OPUS_DELAY_MS);
  }
  if (screen.length > 0) {
    const number = screenNumber(n);
    await send('screen', screen, await truthClip({ n: number, codec: SCREEN_CODEC }), number);
    for (const span of screen) note('screen', inMs(span));
  }
  const inOrder = acts.toSorted((a, b) => a.span[0] - b.span[0]);
  return { name, n, acts: inOrder, tracks };
};

/** Pictures begin with a key picture, which comes with the whole second. */
const fromKey = ([fromMs, toMs]: Doubt, zeroMs: number, skewPpm: number): Doubt => {
  const rate = 1 + skewPpm / 1e6;
  const second = Math.ceil(((fromMs - zeroMs) * rate) / 1000 - 1e-6);
  return [Math.min(toMs, zeroMs + (second * 1000) / rate - 1), toMs];
};

/** What is left of a span when others are taken out of it. */
const without = ([fromMs, toMs]: Doubt, pauses: readonly Doubt[]): Doubt[] => {
  const cut = pauses.find(([from, to]) => from < toMs && to > fromMs);
  if (!cut) return toMs > fromMs ? [[fromMs, toMs]] : [];
  return [[fromMs, cut[0]] as const, [cut[1], toMs] as const].flatMap((span) =>
    without(span, pauses),
  );
};

/** A packet for each picture, however many it took: then it does not matter in which codec it went. */
const judgedBy = (clip: PlayedClip, source: Source, n: number): TruthClip => ({
  ...clip,
  n,
  codec: source === 'microphone' ? 'opus' : 'vp8',
  packets: clip.packets.filter(({ atMs }, i) => atMs !== clip.packets[i - 1]?.atMs),
});

/** The same source, sent in another way. */
const together = (first: TruthTrack, second: TruthTrack): TruthTrack => ({
  ...first,
  sending: { ...first.sending, sent: [...first.sending.sent, ...second.sending.sent] },
  doubts: [...first.doubts, ...second.doubts],
});
