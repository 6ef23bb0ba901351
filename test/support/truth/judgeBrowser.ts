import type { Decoded } from './decodeRecording.ts';
import { isCorrupt } from './decodeVideo.ts';
import { TONES } from './sound.ts';

/** What can be said of a browser's archive: when its devices began nobody knows. */
export interface BrowserVerdict {
  readonly flashes: number;
  readonly beeps: number;
  /** Steps from one to the next that are not one second and one number. */
  readonly brokenFlashes: readonly string[];
  readonly brokenBeeps: readonly string[];
  readonly corruptPictures: number;
  readonly complaints: readonly string[];
}

interface Count {
  readonly atMs: number;
  readonly number: number | undefined;
}

/** Seconds pass at the pace of the browser's timers and sound card. */
const STEP_TOLERANCE_MS = 130;

/** `holesMs`: stretches of the recording's clock in which nothing had to be there. */
export const judgeBrowser = (
  { video, audio }: Decoded,
  n: number,
  holesMs: readonly (readonly [number, number])[],
): BrowserVerdict => {
  const flashes = (video?.flashes ?? [])
    .filter((flash) => flash.n === n)
    .map(({ atMs, second }) => ({ atMs, number: second }));
  const beeps = (audio?.beeps ?? [])
    .filter((beep) => beep.n === n)
    .map(({ atMs, tone }) => ({ atMs, number: tone }));
  return {
    flashes: flashes.length,
    beeps: beeps.length,
    brokenFlashes: brokenSteps(flashes, holesMs),
    brokenBeeps: brokenSteps(beeps, holesMs),
    corruptPictures: (video?.frames ?? []).filter(isCorrupt).length,
    complaints: [...(video?.complaints ?? []), ...(audio?.complaints ?? [])],
  };
};

const brokenSteps = (
  counts: readonly Count[],
  holesMs: readonly (readonly [number, number])[],
): string[] =>
  counts.slice(1).flatMap(({ atMs, number }, i) => {
    const before = counts[i]!;
    const stepMs = atMs - before.atMs;
    const good =
      number === ((before.number ?? -1) + 1) % TONES && Math.abs(stepMs - 1000) < STEP_TOLERANCE_MS;
    const excused = holesMs.some(([from, to]) => before.atMs < to && atMs > from);
    const words = `${before.number}->${number} in ${stepMs.toFixed(0)} ms at ${atMs.toFixed(0)}`;
    return good || excused ? [] : [words];
  });
