import type { Report, Stretch } from './ClockSurvey.ts';
import {
  at,
  levelLine,
  lowerLine,
  lowestLine,
  median,
  medianLine,
  type Line,
  type Point,
} from './robust.ts';

/** From RTP times of one stream to the recording's clock. */
export interface TrackClock {
  toMs(packet: { readonly index: number; readonly rtpTime: number }): number;
  /** How much the sender's clock is ahead of ours, parts per million; null: too little to tell. */
  readonly driftPpm: number | null;
}

export interface SurveyedStream {
  readonly clockRate: number;
  readonly stretches: readonly Stretch[];
  /** Streams of one sender are held up alike. */
  readonly sender: string;
  /** Reports of one worker are of one clock. */
  readonly worker: number;
}

/** Clocks of one worker that seem to differ by more are those of two after all: reports are faster. */
const SAME_CLOCK_MS = 250;
/**
 * A worker that does not yet know its sender's clock reports that packets are born when they arrive.
 * One that does not see more than this between the two is such a one, or next to the sender.
 */
const INFORMED_MS = 4;
const ENOUGH_REPORTS = 3;
/** Reports over less time tell nothing of drift but noise. */
const DRIFT_SPAN_MS = 60_000;
/** The same without reports, where delays blur what is seen. */
const BLURRED_DRIFT_SPAN_MS = 120_000;
/** Reports that put a packet's birth so far behind its arrival, or so long before it, are wrong. */
const MAX_AHEAD_MS = 100;
const MAX_DELAY_MS = 5_000;

/**
 * Puts all streams on one clock. Reports of the worker tell when each was captured, on the worker's
 * clock, which is the recording's but for a constant: the least a report took to arrive. Where there
 * are none (or none to believe), the fastest packets show it, less what the same sender's other
 * streams took on their way.
 */
export const setClocks = (streams: readonly SurveyedStream[]): TrackClock[] => {
  const clocks = new Map(
    [...Map.groupBy(streams, ({ worker }) => worker)].map(([worker, group]) => [
      worker,
      workerClock(group.flatMap(({ stretches }) => stretches)),
    ]),
  );
  const reported = streams.map(({ stretches, worker }) =>
    stretches.map((stretch) => lineOfReports(stretch, clocks.get(worker))),
  );
  const delays = new Map<string, number[]>();
  for (const [i, { sender, stretches }] of streams.entries()) {
    const known = delays.get(sender) ?? [];
    for (const [j, { fastest }] of stretches.entries()) {
      const line = reported[i]?.[j];
      if (line) known.push(leastAbove(line, fastest));
    }
    delays.set(sender, known);
  }
  return streams.map(({ clockRate, stretches, sender }, i) => {
    const lines = reported[i] ?? [];
    const known = delays.get(sender) ?? [];
    const delayMs = known.length > 0 ? median(known) : 0;
    const slope = lines.find((line) => line !== undefined)?.slope ?? 1;
    const complete = stretches.map(
      (stretch, j) => lines[j] ?? lineOfArrivals(stretch.fastest, { delayMs, slope }),
    );
    return trackClock(clockRate, stretches, complete);
  });
};

/** What to add to a report's time; by the offset that its stretch has seen. */
const workerClock = (stretches: readonly Stretch[]): ((offsetMs: number) => number) => {
  const offsets = stretches
    .flatMap(({ reportOffsetMs }) => (reportOffsetMs === undefined ? [] : [reportOffsetMs]))
    .toSorted((a, b) => a - b);
  const constants: number[] = [];
  for (const [i, offset] of offsets.entries()) {
    if (i === 0 || offset - (offsets[i - 1] ?? 0) > SAME_CLOCK_MS) constants.push(offset);
  }
  return (offsetMs) => constants.findLast((constant) => constant <= offsetMs) ?? offsetMs;
};

const lineOfReports = (
  { reports, reportOffsetMs, fastest }: Stretch,
  toRecording: ((offsetMs: number) => number) | undefined,
): Line | undefined => {
  if (reportOffsetMs === undefined || !toRecording) return undefined;
  const constant = toRecording(reportOffsetMs);
  const points = reports
    .filter((report) => onTheWay(report) - constant > INFORMED_MS)
    .map(({ x, ntpMs }) => ({ x, y: ntpMs + constant }));
  if (points.length < ENOUGH_REPORTS) return undefined;
  const line = spanOf(points) >= DRIFT_SPAN_MS ? medianLine(points) : levelLine(points);
  const delayMs = leastAbove(line, fastest);
  return delayMs > -MAX_AHEAD_MS && delayMs < MAX_DELAY_MS ? line : undefined;
};

/** From birth, as reported, to arrival: by clocks that differ by the worker's constant. */
const onTheWay = ({ x, ntpMs, newest }: Report): number => newest.y - (ntpMs + newest.x - x);

const lineOfArrivals = (
  fastest: readonly Point[],
  { delayMs, slope }: { delayMs: number; slope: number },
): Line => {
  const line =
    spanOf(fastest) >= BLURRED_DRIFT_SPAN_MS && slope === 1
      ? lowerLine(fastest)
      : lowestLine(fastest, slope);
  return { ...line, y0: line.y0 - delayMs };
};

const spanOf = (points: readonly Point[]): number => (points.at(-1)?.x ?? 0) - (points[0]?.x ?? 0);

/** How far above the line the nearest point is. */
const leastAbove = (line: Line, points: readonly Point[]): number =>
  points.reduce((least, { x, y }) => Math.min(least, y - at(line, x)), Infinity);

const trackClock = (
  clockRate: number,
  stretches: readonly Stretch[],
  lines: readonly Line[],
): TrackClock => {
  const ticksPerMs = clockRate / 1000;
  const drifts = lines.filter(({ slope }) => slope !== 1).map(({ slope }) => (1 / slope - 1) * 1e6);
  return {
    driftPpm: drifts.length > 0 ? median(drifts) : null,
    toMs: ({ index, rtpTime }) => {
      const found = stretches.findLastIndex(({ fromIndex }) => fromIndex <= index);
      const line = lines[Math.max(found, 0)];
      return line ? at(line, rtpTime / ticksPerMs) : 0;
    },
  };
};
