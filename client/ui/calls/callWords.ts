import type { CallState } from '../../../server/protocol/calls.ts';

export const nameOf = ({ other }: CallState): string => other.displayName;

/** “Ana calls” */
export const callerWords = (call: CallState): string => `${nameOf(call)} calls`;

/** That a call rings here no more, for whoever heard it; null: they know. */
export const silencedWords = (
  before: CallState,
  now: CallState,
  answeredHere: boolean,
): string | null => {
  if (before.direction !== 'incoming' || before.state !== 'ringing' || answeredHere) return null;
  if (now.state === 'active') return 'Answered on another device';
  if (now.state !== 'ended') return null;
  if (now.answeredAt !== null) return 'Answered on another device';
  if (now.outcome === 'declined') return 'Declined on another device';
  return `You missed a call from ${nameOf(now)}`;
};
