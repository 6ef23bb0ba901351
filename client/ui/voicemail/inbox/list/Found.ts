import type {
  Folder,
  MessageSort,
  Voicemail,
  VoicemailPage,
} from '../../../../../server/protocol/voicemail.ts';
import { compareBy } from './order.ts';

/** What of the mailbox is looked at. */
export interface View {
  readonly folder: Folder;
  readonly q: string;
  readonly sort: MessageSort;
  readonly only: 'all' | 'unread' | 'urgent';
}

export interface Found {
  readonly messages: readonly Voicemail[];
  readonly state: 'looking' | 'known' | 'failed';
  readonly cursor: string | null;
}

export const NOTHING: Found = { messages: [], state: 'looking', cursor: null };

/**
 * What is asked for again replaces what was known of the same stretch; what lies behind it stays.
 * `kept`: what one listens to does not vanish from under one's hands, though it is not unread any more.
 */
export const renewed = (
  old: Found,
  { items, nextCursor }: VoicemailPage,
  { sort, kept }: { sort: MessageSort; kept: Voicemail | undefined },
): Found => {
  const last = items.at(-1);
  const isBehind = (message: Voicemail) => last !== undefined && compareBy(sort, message, last) > 0;
  const behind = nextCursor === null ? [] : old.messages.filter(isBehind);
  const known = [...items, ...behind];
  const isMissing = kept !== undefined && known.every(({ id }) => id !== kept.id);
  return {
    messages: isMissing ? [...known, kept].toSorted((a, b) => compareBy(sort, a, b)) : known,
    state: 'known',
    cursor: behind.length > 0 ? old.cursor : nextCursor,
  };
};

export const continued = (old: Found, { items, nextCursor }: VoicemailPage): Found => {
  const known = new Set(old.messages.map(({ id }) => id));
  const messages = [...old.messages, ...items.filter(({ id }) => !known.has(id))];
  return { messages, state: 'known', cursor: nextCursor };
};

/** One that is another way now, and perhaps elsewhere. */
export const replaced = (
  old: Found,
  message: Voicemail,
  { folder }: Pick<View, 'folder'>,
): Found => ({
  ...old,
  messages: old.messages.flatMap((one) => {
    if (one.id !== message.id) return [one];
    return message.folder === folder ? [message] : [];
  }),
});
