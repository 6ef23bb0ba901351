import type { CallState } from '../../../server/protocol/calls.ts';

export const nameOf = ({ other }: CallState): string => other.displayName;

/** “Ana calls” */
export const callerWords = (call: CallState): string => `${nameOf(call)} calls`;

/** “1 minute”, “3 hours 20 minutes” */
export const talkWords = (ms: number): string => {
  const seconds = Math.max(1, Math.round(ms / 1000));
  if (seconds < 60) return seconds === 1 ? '1 second' : `${seconds} seconds`;
  const minutes = Math.round(seconds / 60);
  const rest = minutes % 60;
  const hours = Math.floor(minutes / 60);
  const minuteWords = rest === 1 ? '1 minute' : `${rest} minutes`;
  if (hours === 0) return minuteWords;
  const hourWords = hours === 1 ? '1 hour' : `${hours} hours`;
  return rest === 0 ? hourWords : `${hourWords} ${minuteWords}`;
};

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
