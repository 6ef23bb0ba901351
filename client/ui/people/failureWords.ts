import { RestError } from '../../core/RestError.ts';

/** “40 seconds”, “5 minutes” */
export const waitWords = (seconds: number): string => {
  if (seconds < 90) return seconds === 1 ? '1 second' : `${seconds} seconds`;
  const minutes = Math.ceil(seconds / 60);
  return `${minutes} minutes`;
};

/** Why it did not work, for whoever tried. */
export const failureWords = (error: unknown): string => {
  if (!(error instanceof RestError)) return 'Something went wrong. Please try again.';
  switch (error.code) {
    case 'rate_limited': {
      const { retryAfterSeconds } = error;
      const wait = retryAfterSeconds === null ? 'a while' : waitWords(retryAfterSeconds);
      return `Too many tries. Please wait ${wait}, then try again.`;
    }
    case 'wrong_state':
      return error.message;
    case 'unauthorized':
      return 'You are signed out. Please sign in again.';
    case 'forbidden':
      return 'Your account may not do this.';
    case 'not_found':
      return 'It is no longer there.';
    case 'bad_request':
      return 'The server does not take this as it is.';
    default:
      return 'The server cannot be reached. Please try again in a moment.';
  }
};
