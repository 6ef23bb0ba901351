import type { Voicemail } from '../../../../server/protocol/voicemail.ts';
import { RestError } from '../../../core/RestError.ts';
import { failureWords } from '../../people/failureWords.ts';

/** Why a message is not in the other mailbox. */
export const refusedForwardWords = (error: unknown): string => {
  const code = error instanceof RestError ? error.code : undefined;
  if (code === 'not_found') return 'No message can be left there. Is this the right user name?';
  if (code === 'mailbox_full') return 'That mailbox is full.';
  if (code === 'wrong_state') return 'The message is in this mailbox already.';
  if (code === 'rate_limited') return 'You have forwarded many messages. Try again later.';
  return failureWords(error);
};

/** “Forwarded by Ana: For you, I think”; undefined: it came from the caller. */
export const forwardedWords = ({
  forwardedBy,
  comment,
}: Pick<Voicemail, 'forwardedBy' | 'comment'>): string | undefined => {
  if (forwardedBy === null) return undefined;
  const by = `Forwarded by ${forwardedBy.displayName}`;
  return comment === null ? by : `${by}: ${comment}`;
};
