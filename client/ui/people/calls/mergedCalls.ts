import type { CallResource } from '../../../../server/protocol/calls.ts';

/** What is known and what has just been heard, the newest first; ids sort by age. */
export const mergedCalls = (
  known: readonly CallResource[],
  heard: readonly CallResource[],
): readonly CallResource[] => {
  const byId = new Map([...known, ...heard].map((call) => [call.id, call]));
  return [...byId.values()].toSorted((a, b) => (a.id < b.id ? 1 : -1));
};
