/** y = y0 + (x - x0) * slope */
export interface Line {
  readonly x0: number;
  readonly y0: number;
  readonly slope: number;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

export const at = ({ x0, y0, slope }: Line, x: number): number => y0 + (x - x0) * slope;

export const median = (values: readonly number[]): number => {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? upper)) / 2;
};

/** Crystals are good to 100 ppm or two, a virtual machine's clock may be worse; more is an error. */
const MAX_SLOPE_ERROR = 0.001;
/** Pairs of 200 points are 20,000 slopes: exact enough, and done in a millisecond or two. */
const MAX_POINTS = 200;

const limitSlope = (slope: number): number =>
  Math.min(Math.max(slope, 1 - MAX_SLOPE_ERROR), 1 + MAX_SLOPE_ERROR);

/** A line of slope 1 through the middle of the points. */
export const levelLine = (points: readonly Point[]): Line => {
  const x0 = points[0]?.x ?? 0;
  return { x0, y0: median(points.map(({ x, y }) => y - (x - x0))), slope: 1 };
};

/** Theil and Sen: the median of the slopes between points, unmoved by a third of bad ones. */
export const medianLine = (points: readonly Point[]): Line => {
  const some = thin(points, MAX_POINTS);
  const x0 = some[0]?.x ?? 0;
  const span = (some.at(-1)?.x ?? 0) - x0;
  const slopes: number[] = [];
  for (const [i, a] of some.entries()) {
    for (const b of some.slice(i + 1)) {
      // Near pairs only add noise.
      if (b.x - a.x > span / 3) slopes.push((b.y - a.y) / (b.x - a.x));
    }
  }
  const slope = limitSlope(slopes.length > 0 ? median(slopes) : 1);
  return { x0, y0: median(some.map(({ x, y }) => y - (x - x0) * slope)), slope };
};

/**
 * The line below all points that is nearest to them: what delays only ever raise. It is the edge of
 * the lower convex hull over their middle (Moon, Skelly, Towsley: Estimation and Removal of Clock
 * Skew from Network Delay Measurements, INFOCOM 1999). Points in the order of x.
 */
export const lowerLine = (points: readonly Point[]): Line => {
  const hull: Point[] = [];
  for (const point of points) {
    for (;;) {
      const [a, b] = hull.slice(-2);
      if (!a || !b || isLeftTurn(a, b, point)) break;
      hull.pop();
    }
    hull.push(point);
  }
  const middle = points.reduce((sum, { x }) => sum + x, 0) / Math.max(points.length, 1);
  const i = Math.max(
    hull.findIndex(({ x }) => x >= middle),
    1,
  );
  const [a, b] = [hull[i - 1], hull[i]];
  const slope = a && b && b.x > a.x ? limitSlope((b.y - a.y) / (b.x - a.x)) : 1;
  return lowestLine(points, slope);
};

/** The line of this slope that touches the points from below. */
export const lowestLine = (points: readonly Point[], slope: number): Line => {
  const x0 = points[0]?.x ?? 0;
  const y0 = points.reduce((low, { x, y }) => Math.min(low, y - (x - x0) * slope), Infinity);
  return { x0, y0: Number.isFinite(y0) ? y0 : 0, slope };
};

const isLeftTurn = (a: Point, b: Point, c: Point): boolean =>
  (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x) > 0;

/** At most `count` of them, evenly spread, with the first and the last. */
const thin = (points: readonly Point[], count: number): readonly Point[] => {
  if (points.length <= count) return points;
  const step = (points.length - 1) / (count - 1);
  return Array.from({ length: count }, (_, i) => points[Math.round(i * step)]).filter(
    (point) => point !== undefined,
  );
};
