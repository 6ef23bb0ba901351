/** A stretch of the recording's clock. */
export interface Interval {
  readonly fromMs: number;
  readonly toMs: number;
}

/** Sorted, and one where they overlap or touch (or are no further apart than `bridgeMs`). */
export const union = (intervals: readonly Interval[], bridgeMs = 0): Interval[] => {
  const result: { fromMs: number; toMs: number }[] = [];
  for (const { fromMs, toMs } of intervals.toSorted((a, b) => a.fromMs - b.fromMs)) {
    if (toMs <= fromMs) continue;
    const last = result.at(-1);
    if (last && fromMs <= last.toMs + bridgeMs) last.toMs = Math.max(last.toMs, toMs);
    else result.push({ fromMs, toMs });
  }
  return result;
};

/** What is in `intervals` and not in `without`. */
export const subtract = (
  intervals: readonly Interval[],
  without: readonly Interval[],
): Interval[] => {
  let left = union(intervals);
  for (const { fromMs, toMs } of union(without)) {
    left = left.flatMap((interval) =>
      [
        { fromMs: interval.fromMs, toMs: Math.min(interval.toMs, fromMs) },
        { fromMs: Math.max(interval.fromMs, toMs), toMs: interval.toMs },
      ].filter((rest) => rest.toMs > rest.fromMs),
    );
  }
  return left;
};

/** Adds to the last interval what is no further from it than `bridgeMs`; else begins another. */
export const extend = (
  intervals: { fromMs: number; toMs: number }[],
  atMs: number,
  bridgeMs: number,
): void => {
  const last = intervals.at(-1);
  if (last && atMs <= last.toMs + bridgeMs) last.toMs = Math.max(last.toMs, atMs);
  else intervals.push({ fromMs: atMs, toMs: atMs });
};

/** Of all of them together; they do not overlap. */
export const lengthOf = (intervals: readonly Interval[]): number =>
  intervals.reduce((sum, { fromMs, toMs }) => sum + toMs - fromMs, 0);
