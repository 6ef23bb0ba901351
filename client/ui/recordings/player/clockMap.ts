import type { Gap, RecordingResource } from '../../../../server/protocol/recordings.ts';
import type { Stretch } from '../../../../server/protocol/renders.ts';

/**
 * A video with its pauses cut runs by a clock of its own. `kept` is what of the recording's clock is
 * in it, in order; empty: all of it, from the start.
 */
type Kept = readonly Stretch[];

/** Where a moment of the recording is in the file; of what was cut, where it goes on. */
export const toFileMs = (kept: Kept, recordingMs: number): number => {
  if (kept.length === 0) return recordingMs;
  let before = 0;
  for (const { fromMs, toMs } of kept) {
    if (recordingMs < toMs) return before + Math.max(0, recordingMs - fromMs);
    before += toMs - fromMs;
  }
  return before;
};

/** Which moment of the recording the file shows then. */
export const toRecordingMs = (kept: Kept, fileMs: number): number => {
  let before = 0;
  for (const { fromMs, toMs } of kept) {
    const lengthMs = toMs - fromMs;
    if (fileMs < before + lengthMs) return fromMs + Math.max(0, fileMs - before);
    before += lengthMs;
  }
  return kept.at(-1)?.toMs ?? fileMs;
};

/** Files are cut to whole frames, so lengths agree no better than this. */
const SAME_MS = 500;

const lengthOf = (kept: Kept): number =>
  kept.reduce((sum, { fromMs, toMs }) => sum + toMs - fromMs, 0);

/** What is left of a recording without its pauses. */
export const withoutPauses = (durationMs: number, gaps: readonly Gap[]): Stretch[] => {
  const kept: Stretch[] = [];
  let fromMs = 0;
  const pauses = gaps.filter(({ reason }) => reason === 'paused');
  for (const pause of pauses.toSorted((a, b) => a.fromMs - b.fromMs)) {
    if (pause.fromMs > fromMs) kept.push({ fromMs, toMs: pause.fromMs });
    fromMs = Math.max(fromMs, pause.toMs);
  }
  if (fromMs < durationMs) kept.push({ fromMs, toMs: durationMs });
  return kept;
};

/** For a video of which no more is known than its length: whole, with its pauses cut, or neither? */
export const guessKept = (
  fileMs: number | null,
  { durationMs, gaps }: Pick<RecordingResource, 'durationMs' | 'gaps'>,
): Kept | null => {
  if (fileMs === null || Math.abs(fileMs - durationMs) < SAME_MS) return [];
  const kept = withoutPauses(durationMs, gaps);
  return Math.abs(lengthOf(kept) - fileMs) < SAME_MS ? kept : null;
};
