import type { CastMember } from './cast.ts';
import type { HeardTrack } from './decodeAudio.ts';
import type { RenderFrame } from './decodeRender.ts';
import { flashesOf, type Flash, type Seen, type SeenFrame } from './decodeVideo.ts';
import type { Taping } from './expectation.ts';
import { judgeArchive, type ArchiveVerdict } from './judge.ts';
import {
  judgeCrowd,
  largest,
  type CrowdOptions,
  type CrowdVerdict,
  type Judged,
} from './judgeCrowd.ts';
import { screenNumber } from './TruthPeer.ts';

/** Somebody alone beeps from here to there, on the recording's clock. */
export interface Turn {
  readonly n: number;
  readonly fromMs: number;
  readonly toMs: number;
}

export interface RenderTrial extends Pick<CrowdOptions, 'frame' | 'person'> {
  readonly layout: Judged | 'audio';
  /** Empty when there is sound only. */
  readonly frames: readonly RenderFrame[];
  readonly audio: HeardTrack;
  readonly cast: readonly CastMember[];
  readonly taping: Taping;
  /** Undefined: nobody knows who is to be large. */
  readonly turns?: readonly Turn[];
  /** Numbers of those who are not to be heard. */
  readonly silent?: readonly number[];
}

export interface SpeakerVerdict {
  readonly turns: number;
  /** From the first beep of a turn until who beeps is large; Infinity: never. */
  readonly worstMs: number;
  /** Pictures, later than the limit, in which somebody else is. */
  readonly wrong: number;
  readonly judged: number;
}

export interface RenderVerdict {
  readonly layout: string;
  readonly crowd: CrowdVerdict | null;
  readonly archives: readonly ArchiveVerdict[];
  /** That begin and do not end as they should, in words. */
  readonly stuck: readonly string[];
  readonly flashes: number;
  /** Beeps of those who are not to be heard. */
  readonly unwanted: number;
  readonly speaker: SpeakerVerdict | null;
}

/** A tile that was away in between has not stood still. */
const HOLE_MS = 50;
/** A flash is 100 ms long, a picture of a render 33. */
const LONGEST_FLASH_MS = 140;
const FIRST_PICTURE_MS = 1_100;
const SPEAKER_LIMIT_MS = 1_000;

/** A render against the script: who is where, every flash, every beep, who speaks. */
export const judgeRender = (trial: RenderTrial): RenderVerdict => {
  const { layout, frames, cast, taping, turns, audio, silent = [] } = trial;
  const seen = seenIn(frames);
  const isPicture = layout !== 'audio';
  const isHeard = (n: number | undefined): boolean =>
    cast.some((member) => member.n === n && !silent.includes(member.n)) &&
    (layout !== 'single' || n === trial.person);
  const heard = (n: number): HeardTrack => ({
    ...audio,
    beeps: audio.beeps.filter((beep) => beep.n === n),
  });
  const archives = cast.flatMap(({ name, n, tracks }) =>
    (['camera', 'screen'] as const).flatMap((source) => {
      const number = source === 'camera' ? n : screenNumber(n);
      const [picture, sound] =
        source === 'camera' ? (['camera', 'microphone'] as const) : (['screen', 'none'] as const);
      const isShown = isPicture && (layout !== 'single' || n === trial.person);
      const isThere = source === 'camera' || layout === 'grid' || layout === 'screen';
      const judged = tracks.filter(
        (track) =>
          (track.source === picture && isShown && isThere) ||
          (track.source === sound && isHeard(n)),
      );
      if (judged.length === 0) return [];
      const video = seen.get(number) ?? { frames: [], flashes: [], complaints: [] };
      const decoded = { video, audio: heard(n) };
      return [judgeArchive({ peer: { name, tracks: judged }, source, decoded, taping })];
    }),
  );
  const all = [...seen.values()].flatMap(({ flashes }) => flashes);
  return {
    layout,
    crowd: isPicture ? judgeCrowd(frames, { ...trial, layout, ...timesOf(taping) }) : null,
    archives,
    stuck: all.flatMap(stuckIn),
    flashes: all.length,
    unwanted: audio.beeps.filter(({ n }) => !isHeard(n)).length,
    speaker: layout === 'speaker' && turns ? judgeSpeaker(frames, turns) : null,
  };
};

const timesOf = ({ zeroMs, doubts }: Taping): Pick<CrowdOptions, 'processMs' | 'isOpen'> => ({
  processMs: (atMs) => atMs + zeroMs,
  isOpen: (atMs) =>
    doubts.some(([fromMs, toMs]) => atMs >= fromMs && atMs < toMs + FIRST_PICTURE_MS),
});

/** What each number shows, wherever it is found. */
const seenIn = (frames: readonly RenderFrame[]): Map<number, Seen> => {
  const lists = new Map<number, SeenFrame[]>();
  for (const { atMs, tiles } of frames) {
    for (const { reading } of tiles) {
      if (!reading?.code) continue;
      const list = lists.get(reading.code.n) ?? [];
      list.push({ ...reading, atMs });
      lists.set(reading.code.n, list);
    }
  }
  return new Map(
    [...lists].map(([n, list]) => [
      n,
      { frames: list, flashes: runsOf(list).flatMap(flashesOf), complaints: [] },
    ]),
  );
};

const runsOf = (list: readonly SeenFrame[]): SeenFrame[][] => {
  const runs: SeenFrame[][] = [];
  for (const frame of list) {
    const run = runs.at(-1);
    const before = run?.at(-1);
    if (run && before && frame.atMs - before.atMs < HOLE_MS) run.push(frame);
    else runs.push([frame]);
  }
  return runs;
};

/** One that is cut off at either end is not told from one that is short. */
const stuckIn = ({ n, second, atMs, lengthMs }: Flash): string[] =>
  lengthMs > LONGEST_FLASH_MS
    ? [`the flash ${second} of ${n} at ${Math.round(atMs)} ms is ${Math.round(lengthMs)} ms long`]
    : [];

const judgeSpeaker = (frames: readonly RenderFrame[], turns: readonly Turn[]): SpeakerVerdict => {
  let [worstMs, wrong, judged] = [0, 0, 0];
  for (const { n, fromMs, toMs } of turns) {
    const during = frames.filter(({ atMs }) => atMs >= fromMs && atMs < toMs);
    const first = during.find(({ tiles }) => largest(tiles)?.reading?.code?.n === n);
    worstMs = Math.max(worstMs, first ? first.atMs - fromMs : Infinity);
    const late = during.filter(({ atMs }) => atMs >= fromMs + SPEAKER_LIMIT_MS);
    judged += late.length;
    wrong += late.filter(({ tiles }) => largest(tiles)?.reading?.code?.n !== n).length;
  }
  return { turns: turns.length, worstMs, wrong, judged };
};

/** What is not as it should be, in words. `least`: so many flashes, or beeps, there must be of each. */
export const faultsOfRender = (
  { crowd, archives, stuck, unwanted, speaker }: RenderVerdict,
  { least }: { least: number },
): string[] => [
  ...(crowd?.faults ?? []),
  ...(crowd && crowd.judged < crowd.frames / 2
    ? [`only ${crowd.judged} of ${crowd.frames} pictures could be judged`]
    : []),
  ...stuck,
  ...(unwanted > 0 ? [`${unwanted} beeps that nobody should hear`] : []),
  ...archives.flatMap((verdict) => archiveFaults(verdict, least)),
  ...(speaker && (speaker.turns === 0 || speaker.worstMs > SPEAKER_LIMIT_MS || speaker.wrong > 0)
    ? [`who speaks: ${JSON.stringify(speaker)}`]
    : []),
];

const TIME_LIMIT_MS = 60;
const SYNC_LIMIT_MS = 40;

const archiveFaults = ({ events, frames, sync }: ArchiveVerdict, least: number): string[] => [
  ...events.flatMap(({ what, must, missing, extra, errors }) => [
    ...(must < least ? [`${what}: only ${must} had to be there`] : []),
    ...missing.map((second) => `${what}: missing of second ${second}`),
    ...extra.map((atMs) => `${what}: too much at ${Math.round(atMs)} ms`),
    ...(Math.abs(errors.maxMs) > TIME_LIMIT_MS ? [`${what}: ${errors.maxMs} ms away`] : []),
  ]),
  // Each picture of the sender has to be seen: one that stands still hides those after it.
  ...frames.flatMap(({ what, missing, must, errors }) => [
    ...(missing > 0 ? [`${what}: ${missing} of ${must} pictures are missing`] : []),
    ...(Math.abs(errors.maxMs) > TIME_LIMIT_MS * 2 ? [`${what}: ${errors.maxMs} ms away`] : []),
  ]),
  ...(sync && Math.abs(sync.maxMs) > SYNC_LIMIT_MS
    ? [`${events[0]?.what ?? ''}: sound ${sync.maxMs} ms from the picture`]
    : []),
];
