import type { Folder, Voicemail } from '../../../../server/protocol/voicemail.ts';
import { dayWords, recentWords } from '../../parts/when.ts';
import { clockWords } from '../leave/leaveWords.ts';

export const FOLDER_WORDS = {
  inbox: 'Inbox',
  saved: 'Saved',
  trash: 'Trash',
} as const satisfies Record<Folder, string>;

const MOVED_WORDS = {
  inbox: 'in the inbox',
  saved: 'saved',
  trash: 'in the trash',
} as const satisfies Record<Folder, string>;

/** “The message is saved.” “3 messages are in the trash.” */
export const movedWords = (count: number, folder: Folder): string =>
  `${count === 1 ? 'The message is' : `${count} messages are`} ${MOVED_WORDS[folder]}.`;

const EMPTY_WORDS = {
  inbox: 'No messages. Who calls and does not reach you can leave one, and it is here then.',
  saved: 'Nothing is saved. Messages that you save stay here.',
  trash: 'The trash is empty.',
} as const satisfies Record<Folder, string>;

const NONE_WORDS = {
  unread: 'Nothing here is unread.',
  urgent: 'Nothing here is urgent.',
} as const;

export const emptyWords = (
  folder: Folder,
  { q, only }: { q: string; only: 'all' | 'unread' | 'urgent' },
): string => {
  if (q !== '') return `No message here is from “${q}” or says that.`;
  return only === 'all' ? EMPTY_WORDS[folder] : NONE_WORDS[only];
};

export const callerName = ({ from }: Pick<Voicemail, 'from'>): string =>
  from.name === null ? `${from.displayName} (guest)` : from.displayName;

/** “Greta (guest), Today, 14:05” */
export const messageName = (message: Pick<Voicemail, 'from' | 'createdAt'>, now: number): string =>
  `${callerName(message)}, ${recentWords(message.createdAt, now)}`;

/** “Ana sees to it” */
export const takenWords = (
  { name, displayName }: NonNullable<Voicemail['takenBy']>,
  me: string | undefined,
): string => (name !== null && name === me ? 'You see to it' : `${displayName} sees to it`);

const REASON_WORDS: Readonly<Partial<Record<Voicemail['reason'], string>>> = {
  declined: 'You declined',
  noAnswer: 'You did not answer',
  busy: 'You were in another call',
  doNotDisturb: 'You did not want to be disturbed',
  offline: 'You were not here',
};

/** How long it is, why it did not ring through, and what else is to be known. */
export const messageFacts = ({
  durationMs,
  reason,
  partial,
  pickedUp,
  purgeAt,
}: Pick<Voicemail, 'durationMs' | 'reason' | 'partial' | 'pickedUp' | 'purgeAt'>): string =>
  [
    clockWords(durationMs),
    REASON_WORDS[reason],
    partial ? 'Cut short' : undefined,
    pickedUp ? 'You picked up' : undefined,
    purgeAt === null ? undefined : `Gone for good on ${dayWords(purgeAt)}`,
  ]
    .filter((fact) => fact !== undefined)
    .join(' · ');
