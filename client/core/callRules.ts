import type { CallState } from '../../server/protocol/calls.ts';
import type { CallId, RoomId } from '../../server/protocol/ids.ts';

export type Calls = ReadonlyMap<CallId, CallState>;

export const isOpen = ({ state }: CallState): boolean => state !== 'ended';

/** A message was left instead, and in the middle of it its owner came in. */
const isPickedUp = (known: CallState, call: CallState): boolean =>
  known.answeredAt === null && call.answeredAt !== null;

/** What is known of a call replaces what was known before; an end is final, unless it is picked up. */
export const withCall = (calls: Calls, call: CallState): Calls => {
  const known = calls.get(call.id);
  if (known && !isOpen(known) && isOpen(call) && !isPickedUp(known, call)) return calls;
  return new Map(calls).set(call.id, call);
};

/** The server has told of all that are open: others ended while nobody heard it, how is not known. */
export const withOpenCalls = (calls: Calls, open: readonly CallState[]): Calls => {
  const ids = new Set(open.map(({ id }) => id));
  const gone = [...calls.values()].filter((call) => isOpen(call) && !ids.has(call.id));
  const ended = gone.map((call): CallState => ({ ...call, state: 'ended', ringUntil: null }));
  return [...ended, ...open].reduce(withCall, calls);
};

export const callsIn = (calls: Calls, roomId: RoomId): readonly CallState[] =>
  [...calls.values()].filter((call) => call.roomId === roomId);
