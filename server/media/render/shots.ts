import type { ParticipantId } from '../../protocol/ids.ts';
import type { Figure } from './story.ts';

/** From here on this person is the large one, up to the next shot. */
export interface Shot {
  readonly fromMs: number;
  readonly id: ParticipantId;
}

/** A picture that changes more often cannot be looked at. */
const LEAST_SHOT_MS = 800;

/**
 * Who is to be looked at when. A render knows what is to come: it cuts to somebody at the first word,
 * and not at all for one that is over before the cut could be.
 */
export const shotsOf = (figures: readonly Pick<Figure, 'id' | 'turns'>[]): Shot[] => {
  const all = figures
    .flatMap(({ id, turns }) => turns.map((turn) => ({ id, ...turn })))
    .toSorted((a, b) => a.fromMs - b.fromMs);
  const shots: Shot[] = [];
  for (const { id, fromMs, toMs } of all) {
    const last = shots.at(-1);
    if (last?.id === id) continue;
    const cutMs = Math.max(fromMs, last ? last.fromMs + LEAST_SHOT_MS : 0);
    if (cutMs < toMs) shots.push({ id, fromMs: cutMs });
  }
  return shots;
};

/** Of the shot that `atMs` is in. */
export const shotAt = (shots: readonly Shot[], atMs: number): ParticipantId | undefined =>
  shots.findLast(({ fromMs }) => fromMs <= atMs)?.id;
