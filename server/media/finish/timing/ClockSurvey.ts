import type { Arrival } from '../rtp/PacketCounter.ts';
import type { Point } from './robust.ts';

/** Packets of a stream whose RTP times are of one clock that never jumped. */
export interface Stretch {
  /** The first packet's; the stretch goes on up to the next one. */
  readonly fromIndex: number;
  /** x: RTP time, ms; y: arrival on the recording's clock. The fastest packet of each while. */
  readonly fastest: readonly Point[];
  readonly reports: readonly Report[];
  /** Least time that a report seems to have taken to the recorder, plus what the clocks differ by. */
  readonly reportOffsetMs: number | undefined;
}

export interface Report {
  /** RTP time, ms. */
  readonly x: number;
  /** The worker's clock, ms. */
  readonly ntpMs: number;
  /** The newest packet then: RTP time and arrival. */
  readonly newest: Point;
}

/** A step of RTP time against arrival that makes one look closer. A delay, or another clock? */
const STEP_MS = 300;
/** Delays of the fastest packets differ by less while the clock is the same one. */
const SAME_MS = 150;
/** What came late for so long was not delayed: it is later. And what did not last longer, was. */
const SETTLED_MS = 3_000;
/** Of this long the fastest packet is kept. */
const WINDOW_MS = 2_000;
/** So many are kept of a stretch, at the cost of longer windows: hours need no more memory. */
const MAX_POINTS = 1_024;
/** The base delay is that of the last windows: it moves with the drift of the clock. */
const BASE_WINDOWS = 10;
/** Beyond it, a stream that jumps all the time is taken as it comes. */
const MAX_PIECES = 2_000;

interface Piece {
  readonly fromIndex: number;
  readonly beginsMs: number;
  endsMs: number;
  fastest: Point[];
  reports: Report[];
  reportOffsetMs: number | undefined;
  windowMs: number;
  windowEndsMs: number;
}

/** What can be learnt of a stream's clock from its packets and sender reports, as they arrive. */
export class ClockSurvey {
  readonly #ticksPerMs: number;
  readonly #pieces: Piece[] = [];
  #newest: Point = { x: 0, y: 0 };

  constructor(clockRate: number) {
    this.#ticksPerMs = clockRate / 1000;
  }

  packet({ index, rtpTime, atMs, isNewest }: Arrival): void {
    // What comes out of turn was held up or asked for again.
    if (!isNewest) return;
    const x = rtpTime / this.#ticksPerMs;
    const point = { x, y: atMs };
    let piece = this.#pieces.at(-1);
    const isStep = Math.abs(delayOf(point) - delayOf(this.#newest)) > STEP_MS;
    this.#newest = point;
    if (!piece || (isStep && this.#pieces.length < MAX_PIECES)) {
      piece = newPiece(index, atMs);
      this.#pieces.push(piece);
    }
    piece.endsMs = atMs;
    addFastest(piece, point);
  }

  /** `rtpTime`: unwrapped like that of the packets around it. */
  report({ rtpTime, ntpMs, atMs }: { rtpTime: number; ntpMs: number; atMs: number }): void {
    const piece = this.#pieces.at(-1);
    if (!piece) return;
    piece.reports.push({ x: rtpTime / this.#ticksPerMs, ntpMs, newest: this.#newest });
    if (piece.reports.length > MAX_POINTS) {
      piece.reports = piece.reports.filter((_, i) => i % 2 === 0);
    }
    piece.reportOffsetMs = Math.min(piece.reportOffsetMs ?? Infinity, atMs - ntpMs);
  }

  finish(): Stretch[] {
    const stretches: Piece[] = [];
    for (const [i, piece] of this.#pieces.entries()) {
      const last = stretches.at(-1);
      if (last && isSameClock(last, this.#pieces.slice(i))) absorb(last, piece);
      else stretches.push({ ...piece });
    }
    return stretches;
  }
}

const newPiece = (fromIndex: number, atMs: number): Piece => ({
  fromIndex,
  beginsMs: atMs,
  endsMs: atMs,
  fastest: [],
  reports: [],
  reportOffsetMs: undefined,
  windowMs: WINDOW_MS,
  windowEndsMs: -Infinity,
});

const delayOf = ({ x, y }: Point): number => y - x;
const faster = (a: Point, b: Point): Point => (delayOf(b) < delayOf(a) ? b : a);

const addFastest = (piece: Piece, point: Point): void => {
  const last = piece.fastest.at(-1);
  if (last && point.y < piece.windowEndsMs) {
    piece.fastest[piece.fastest.length - 1] = faster(last, point);
    return;
  }
  piece.fastest.push(point);
  if (piece.fastest.length > MAX_POINTS) {
    piece.windowMs *= 2;
    piece.fastest = halved(piece.fastest);
  }
  piece.windowEndsMs = point.y + piece.windowMs;
};

const halved = (points: readonly Point[]): Point[] =>
  points.flatMap((point, i) => (i % 2 === 0 ? [faster(point, points[i + 1] ?? point)] : []));

const leastDelay = (points: readonly Point[]): number =>
  points.reduce((least, point) => Math.min(least, delayOf(point)), Infinity);

/** Does the first of these pieces go on with the clock before it? The later ones tell. */
const isSameClock = (before: Piece, [piece, ...later]: readonly Piece[]): boolean => {
  if (!piece) return true;
  const base = leastDelay(before.fastest.slice(-BASE_WINDOWS));
  const rise = leastDelay(piece.fastest) - base;
  if (Math.abs(rise) <= SAME_MS) return true;
  // Faster than ever: the first packets had been held up, or the clock was set ahead.
  if (rise < 0) return before.endsMs - before.beginsMs < SETTLED_MS;
  for (const next of [piece, ...later]) {
    if (Math.abs(leastDelay(next.fastest) - base) <= SAME_MS) return true;
    if (next.endsMs - piece.beginsMs > SETTLED_MS) return false;
  }
  return true;
};

const absorb = (into: Piece, piece: Piece): void => {
  into.endsMs = piece.endsMs;
  into.fastest = [...into.fastest, ...piece.fastest];
  while (into.fastest.length > MAX_POINTS) into.fastest = halved(into.fastest);
  into.reports = [...into.reports, ...piece.reports];
  if (piece.reportOffsetMs !== undefined) {
    into.reportOffsetMs = Math.min(into.reportOffsetMs ?? Infinity, piece.reportOffsetMs);
  }
};
