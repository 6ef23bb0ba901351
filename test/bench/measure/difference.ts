/**
 * How often a value of one is larger than a value of the other, ties being half: 0.5 when they cannot
 * be told apart, 0 or 1 when one look is enough (Mann and Whitney's U over both sizes; also the area
 * under the curve of a guesser). NaN of nothing.
 */
export const superiority = (one: readonly number[], other: readonly number[]): number => {
  const all = [
    ...one.map((value) => ({ value, isOne: true })),
    ...other.map((value) => ({ value, isOne: false })),
  ].toSorted((a, b) => a.value - b.value);
  let ranks = 0;
  for (let from = 0; from < all.length;) {
    let to = from;
    while (to < all.length && all[to]?.value === all[from]?.value) to += 1;
    // Those that are alike share their ranks.
    const rank = (from + 1 + to) / 2;
    for (const { isOne } of all.slice(from, to)) if (isOne) ranks += rank;
    from = to;
  }
  const u = ranks - (one.length * (one.length + 1)) / 2;
  return u / (one.length * other.length);
};

/**
 * The largest gap between the shares of both that are below some value (Kolmogorov and Smirnov): 0 when
 * they lie alike, 1 when one lies wholly below the other. Finds what a comparison of ranks does not: that
 * one is sometimes quick and sometimes slow. NaN of nothing.
 */
export const gap = (one: readonly number[], other: readonly number[]): number => {
  if (one.length === 0 || other.length === 0) return Number.NaN;
  const [a, b] = [one, other].map((values) => values.toSorted((x, y) => x - y)) as [
    number[],
    number[],
  ];
  let [i, j, widest] = [0, 0, 0];
  while (i < a.length && j < b.length) {
    const value = Math.min(a[i] ?? Infinity, b[j] ?? Infinity);
    while (i < a.length && (a[i] ?? Infinity) <= value) i += 1;
    while (j < b.length && (b[j] ?? Infinity) <= value) j += 1;
    widest = Math.max(widest, Math.abs(i / a.length - j / b.length));
  }
  return widest;
};
