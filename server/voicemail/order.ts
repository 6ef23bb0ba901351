import type { VoicemailId } from '../protocol/ids.ts';
import type { MessageSort } from '../protocol/voicemail.ts';
import type { Message } from './Message.ts';

/** Where a list goes on: behind the message of this id, or behind where it was before it went. */
export interface Place {
  /** What the list is sorted by; null: by the ids alone, which ascend with time. */
  readonly key: string | number | null;
  readonly id: VoicemailId;
}

/** Longer ones are told apart by their ids. */
const MAX_CALLER_CHARS = 40;

/** Text as it is compared: in any case, and however its letters are put together. */
export const fold = (text: string): string => text.normalize('NFKC').toLowerCase();

export const callerKey = ({ from }: Pick<Message, 'from'>): string =>
  Array.from(fold(from.displayName)).slice(0, MAX_CALLER_CHARS).join('').toWellFormed();

export const placeOf = (message: Message, sort: MessageSort): Place => {
  const { id } = message;
  if (sort === 'longest') return { key: message.durationMs, id };
  if (sort === 'caller') return { key: callerKey(message), id };
  if (sort === 'urgent') return { key: Number(message.urgent), id };
  return { key: null, id };
};
