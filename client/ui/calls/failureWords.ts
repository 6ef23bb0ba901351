import { SignalingError, type SignalingErrorCode } from '../../core/SignalingError.ts';

const TOO_LATE = 'That is no longer possible: somebody else was sooner, or the call is over.';
const SIGNED_OUT = 'You are signed out. Please sign in again.';

const WORDS: Partial<Record<SignalingErrorCode, string>> = {
  wrong_state: TOO_LATE,
  not_found: TOO_LATE,
  unauthorized: SIGNED_OUT,
  forbidden: SIGNED_OUT,
  rate_limited: 'Too many calls in a short time. Please wait a little, then try again.',
  bad_request: 'The server does not take this as it is.',
  internal: 'Something went wrong. Please try again.',
};

/** Why a call could not be placed, answered or changed. */
export const failureWords = (error: unknown): string => {
  const code = error instanceof SignalingError ? error.code : 'internal';
  return WORDS[code] ?? 'The server does not answer. Check your connection, then try again.';
};

/** Why nobody is there to talk to; the server knows best. */
export const pickUpRefusedWords = (error: unknown): string => {
  const code = error instanceof SignalingError ? error.code : 'internal';
  if (code === 'not_found') return 'The caller is not there any more.';
  if (code === 'wrong_state' && error instanceof Error) return error.message;
  return failureWords(error);
};
