import { recall, remember } from '../../../parts/memory.ts';

const KEY = 'messagePositions';
/** Of so many messages it is known where one left off; of older ones it is forgotten. */
const MAX_KEPT = 100;

type Kept = readonly (readonly [id: string, ms: number])[];

const isEntry = (entry: unknown): entry is Kept[number] =>
  Array.isArray(entry) &&
  entry.length === 2 &&
  typeof entry[0] === 'string' &&
  typeof entry[1] === 'number';

const kept = (): Kept => {
  try {
    const all: unknown = JSON.parse(recall(KEY) ?? '[]');
    return Array.isArray(all) ? all.filter(isEntry) : [];
  } catch {
    return [];
  }
};

/** Where one left off; 0: at its beginning. */
export const positionOf = (id: string): number => kept().find(([other]) => other === id)?.[1] ?? 0;

export const keepPosition = (id: string, ms: number): void => {
  const others = kept().filter(([other]) => other !== id);
  const all: Kept = ms > 0 ? [...others, [id, Math.round(ms)]] : others;
  remember(KEY, all.length === 0 ? null : JSON.stringify(all.slice(-MAX_KEPT)));
};
