import type { CallOutcome, CallResource } from '../../../../server/protocol/calls.ts';
import { durationWords } from '../../parts/when.ts';

/** Of calls one has made. Who is called may keep to themselves why they were not to be had. */
const MADE = {
  completed: 'Talked',
  declined: 'Declined',
  cancelled: 'You hung up before there was an answer',
  noAnswer: 'No answer',
  busy: 'Busy',
  doNotDisturb: 'Could not be reached',
  offline: 'Could not be reached',
  blocked: 'Could not be reached',
  unavailable: 'Could not be reached',
  transferred: 'Passed on',
  failed: 'The connection did not come about',
  interrupted: 'Cut off, as the server was away',
} as const satisfies Record<CallOutcome, string>;

/** Of calls for oneself. */
const HAD = {
  completed: 'Talked',
  declined: 'You declined',
  cancelled: 'Hung up before you answered',
  noAnswer: 'You did not answer',
  busy: 'You were in another call',
  doNotDisturb: 'You did not want to be disturbed',
  offline: 'You were not here',
  blocked: 'You have blocked them',
  unavailable: 'A rule of yours kept it from ringing',
  transferred: 'Passed on',
  failed: 'The connection did not come about',
  interrupted: 'Cut off, as the server was away',
} as const satisfies Record<CallOutcome, string>;

/** How it went: “Talked for 3 min”, “You did not answer”. */
export const callWords = ({
  direction,
  state,
  outcome,
  durationMs,
}: Pick<CallResource, 'direction' | 'state' | 'outcome' | 'durationMs'>): string => {
  if (state === 'ringing') return 'Rings now';
  if (state === 'active') return 'Goes on now';
  if (outcome === null) return 'Ended';
  const words = (direction === 'outgoing' ? MADE : HAD)[outcome];
  const talked = outcome === 'completed' || outcome === 'transferred' || outcome === 'interrupted';
  if (!talked || durationMs === 0) return words;
  const time = durationWords(durationMs);
  return outcome === 'completed' ? `${words} for ${time}` : `${words}, after ${time}`;
};
