/** `peaks.json`: audiowaveform's format, least and greatest in turn. */
export interface PeaksFile {
  readonly bits: number;
  readonly sample_rate: number;
  readonly samples_per_pixel: number;
  readonly data: readonly number[];
}

/** The loudest of each of `columns` equal stretches of `durationMs`, 0 to 1. */
export const loudness = (
  { bits, sample_rate, samples_per_pixel, data }: PeaksFile,
  durationMs: number,
  columns: number,
): readonly number[] => {
  const full = 2 ** (bits - 1);
  const points = data.length >> 1;
  const pointsInAll = (durationMs / 1000) * (sample_rate / samples_per_pixel);
  return Array.from({ length: columns }, (_, column) => {
    const first = Math.floor((column / columns) * pointsInAll);
    const last = Math.max(first + 1, Math.floor(((column + 1) / columns) * pointsInAll));
    let peak = 0;
    for (let i = first; i < Math.min(last, points); i++) {
      peak = Math.max(peak, Math.abs(data[2 * i] ?? 0), Math.abs(data[2 * i + 1] ?? 0));
    }
    return Math.min(1, peak / full);
  });
};

/** Silence is drawn, too: as a thin line. */
const LEAST = 0.02;

/** Around a middle line, in a box 1000 wide and 2 high. Quiet talk is raised so that it is seen. */
export const wavePath = (levels: readonly number[]): string => {
  const loudest = Math.max(LEAST, ...levels);
  const step = 1000 / Math.max(1, levels.length);
  return levels
    .map((level, i) => {
      const half = Math.max(LEAST, level / loudest) * 0.96;
      const x = (i * step).toFixed(1);
      return `M${x} ${(1 - half).toFixed(2)}h${(step * 0.7).toFixed(1)}v${(2 * half).toFixed(2)}h-${(step * 0.7).toFixed(1)}z`;
    })
    .join('');
};
