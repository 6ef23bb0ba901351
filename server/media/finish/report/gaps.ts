import type { Gap } from '../../../protocol/recordings.ts';
import { subtract, union, type Interval } from '../tracks/intervals.ts';
import { HOLE_MS } from '../tracks/scanTrack.ts';
import type { Happenings } from './EventLog.ts';

/** A new track's packets may take this long to come: a key frame is asked for, a path is found. */
const START_GRACE_MS = 2_000;
/** A worker that died was missed by the packets some time before anybody said so. */
const MOVE_BEFORE_MS = 3_000;

export interface GapFacts extends Pick<Happenings, 'sendings' | 'pauses' | 'movedAtMs'> {
  readonly durationMs: number;
  /** When packets of any track arrived. */
  readonly activity: readonly Interval[];
  /** Tracks whose packets were wanted: not those of people who did not agree. */
  readonly wanted: (trackId: string) => boolean;
}

/** Stretches without media that somebody would miss, or was told of. */
export const gapsOf = (facts: GapFacts): Gap[] => {
  const { pauses } = facts;
  const moves = movesOf(facts);
  const lost = subtract(lostOf(facts), moves);
  return [
    ...pauses.map((pause) => gap(pause, 'paused')),
    ...moves.map((move) => gap(move, 'media')),
    ...lost.filter(isHole).map((hole) => gap(hole, 'lost')),
  ].toSorted((a, b) => a.fromMs - b.fromMs);
};

const gap = ({ fromMs, toMs }: Interval, reason: Gap['reason']): Gap => ({
  fromMs: Math.round(fromMs),
  toMs: Math.round(toMs),
  reason,
});

const isHole = ({ fromMs, toMs }: Interval): boolean => toMs - fromMs > HOLE_MS;

/** Something should have come, and nothing of anybody did. A screen may stand still for long. */
const lostOf = ({ sendings, pauses, activity, wanted }: GapFacts): Interval[] => {
  const expected = sendings
    .filter(({ source, trackId }) => isSteady(source) && wanted(trackId))
    .flatMap(({ active }) => active)
    .map(({ fromMs, toMs }) => ({ fromMs: fromMs + START_GRACE_MS, toMs }));
  return subtract(subtract(expected, pauses), activity);
};

const isSteady = (source: string): boolean => source === 'camera' || source === 'microphone';

/** From the last packet of the worker that died to the first of its successor. */
const movesOf = ({ movedAtMs, pauses, activity, durationMs }: GapFacts): Interval[] => {
  const silent = subtract([{ fromMs: 0, toMs: durationMs }], [...activity, ...pauses]);
  return union(
    silent.filter(({ fromMs, toMs }) =>
      movedAtMs.some((atMs) => atMs >= fromMs && atMs - MOVE_BEFORE_MS <= toMs),
    ),
  );
};
