import { RestError } from '../../core/RestError.ts';

const WORDS: Partial<Record<RestError['code'], string>> = {
  unauthorized: 'You are signed out. Please sign in again.',
  forbidden: 'Your account may not do this.',
  not_found: 'It is no longer there.',
  bad_request: 'The server does not take this as it is.',
};

const UNREACHABLE = 'The server cannot be reached. Please try again in a moment.';

/** “40 seconds”, “5 minutes” */
const waitWords = (seconds: number): string => {
  if (seconds < 90) return seconds === 1 ? '1 second' : `${seconds} seconds`;
  const minutes = Math.ceil(seconds / 60);
  return `${minutes} minutes`;
};

/** Why it did not work, for whoever tried. */
export const failureWords = (error: unknown): string => {
  if (!(error instanceof RestError)) return 'Something went wrong. Please try again.';
  const { code, message, retryAfterSeconds } = error;
  if (code === 'wrong_state') return message;
  if (code !== 'rate_limited') return WORDS[code] ?? UNREACHABLE;
  const wait = retryAfterSeconds === null ? 'a while' : waitWords(retryAfterSeconds);
  return `Too many tries. Please wait ${wait}, then try again.`;
};
