import type { Interval } from '../finish/tracks/intervals.ts';

/** A file of pictures, with the time of each on the recording's clock, in order. */
export interface Film {
  readonly path: string;
  readonly timesMs: readonly number[];
}

/** While a picture of this file is what is to be seen. */
export interface Shown extends Interval {
  readonly path: string;
}

/** What is sent is told of when the server hears of it, and a picture is of when it was taken. */
const EARLIER_MS = 250;
/** And what was under way when somebody stopped comes after that. */
const LATER_MS = 150;

/**
 * When somebody can be seen who sent pictures in these stretches: from the first picture of each on, in
 * the file that has the newest one, and until none has come for `patienceMs`. Before and after that
 * there would be nothing to see but what was before, or nobody.
 */
export const shownOf = (
  sent: readonly Interval[],
  films: readonly Film[],
  patienceMs: number,
): Shown[] => {
  const pictures = films
    .flatMap(({ path, timesMs }) => timesMs.map((atMs) => ({ path, atMs })))
    .toSorted((a, b) => a.atMs - b.atMs);
  const shown: { path: string; fromMs: number; toMs: number }[] = [];
  let next = 0;
  let before = -Infinity;
  for (const { fromMs, toMs } of sent) {
    let last: (typeof shown)[number] | undefined;
    for (; ; next += 1) {
      const picture = pictures[next];
      if (!picture || picture.atMs >= toMs) break;
      const { path, atMs } = picture;
      if (atMs < Math.max(fromMs - EARLIER_MS, before + LATER_MS)) continue;
      const sinceMs = Math.max(atMs, fromMs);
      const untilMs = Math.min(sinceMs + patienceMs, toMs);
      if (last?.path === path && sinceMs <= last.toMs) last.toMs = untilMs;
      else {
        if (last) last.toMs = Math.min(last.toMs, sinceMs);
        last = { path, fromMs: sinceMs, toMs: untilMs };
        shown.push(last);
      }
    }
    before = toMs;
  }
  return shown.filter(({ fromMs, toMs }) => toMs > fromMs);
};
