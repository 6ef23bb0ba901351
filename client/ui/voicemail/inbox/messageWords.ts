import type { Folder, Voicemail } from '../../../../server/protocol/voicemail.ts';
import { dayWords, recentWords } from '../../parts/when.ts';
import { clockWords } from '../leave/leaveWords.ts';

export const FOLDER_WORDS = {
  inbox: 'Inbox',
  saved: 'Saved',
  trash: 'Trash',
} as const satisfies Record<Folder, string>;

const EMPTY_WORDS = {
  inbox: 'No messages. Who calls and does not reach you can leave one, and it is here then.',
  saved: 'Nothing is saved. Messages that you save stay here.',
  trash: 'The trash is empty.',
} as const satisfies Record<Folder, string>;

export const emptyWords = (folder: Folder, q: string): string =>
  q === '' ? EMPTY_WORDS[folder] : `No message here is from “${q}” or says that.`;

export const callerName = ({ from }: Pick<Voicemail, 'from'>): string =>
  from.name === null ? `${from.displayName} (guest)` : from.displayName;

/** “Greta (guest), Today, 14:05” */
export const messageName = (message: Pick<Voicemail, 'from' | 'createdAt'>, now: number): string =>
  `${callerName(message)}, ${recentWords(message.createdAt, now)}`;

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
