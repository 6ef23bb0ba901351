import { EMPTY_FINDING } from '../recordings/grades.ts';
import type { Folder, MessageSort, ReasonSchema } from '../protocol/voicemail.ts';
import type { Static } from 'typebox';
import type { RecordingId, UserId, VoicemailId } from '../protocol/ids.ts';
import type { RecordedFile } from '../protocol/recordings.ts';
import type { RecordingRecord } from '../recordings/RecordingRecord.ts';
import type { Place } from './order.ts';

export type Reason = Static<typeof ReasonSchema>;

export interface Sender {
  /** Null: a guest. */
  readonly userId: UserId | null;
  readonly name: string | null;
  readonly displayName: string;
}

/** All that is kept of a message beside its media. Times are ms since 1970. */
export interface Message {
  readonly id: VoicemailId;
  /** Whose it is. */
  readonly mailbox: UserId;
  readonly from: Sender;
  readonly reason: Reason;
  /** `pending`: being left. It is nobody's until it is delivered. */
  readonly state: 'pending' | 'delivered';
  readonly createdAt: number;
  /** What was recorded for it; null: nothing yet. */
  readonly recordingId: RecordingId | null;
  readonly durationMs: number;
  readonly partial: boolean;
  /** Its owner came in: it ends where they began to talk. */
  readonly pickedUp: boolean;
  readonly files: readonly RecordedFile[];
  readonly urgent: boolean;
  readonly note: string | null;
  /** Who passed it on from another mailbox, and what they say to it. */
  readonly forwardedBy: Sender | null;
  readonly comment: string | null;
  /** Of the several who look after the mailbox, who sees to it. */
  readonly takenBy: Sender | null;
  readonly readAt: number | null;
  readonly folder: Folder;
  /** Since when it is in the trash. */
  readonly trashedAt: number | null;
}

export interface MessageQuery {
  readonly mailbox: UserId;
  readonly folder?: Folder | undefined;
  readonly unread?: boolean | undefined;
  readonly urgent?: boolean | undefined;
  /** Part of the caller's name or of the note, in any case. */
  readonly q?: string | undefined;
  readonly sort: MessageSort;
  readonly after?: Place | undefined;
  readonly limit: number;
}

export interface Counts {
  readonly new: number;
  readonly old: number;
  readonly urgentNew: number;
  readonly urgentOld: number;
  /** Of all folders. */
  readonly all: number;
  readonly bytes: number;
}

export interface MessageStore {
  /** Inserts or replaces. */
  put(message: Message): Promise<void>;
  /**
   * It is its owner's from now on, and everybody is to be told: both, or neither, on disk once this resolves.
   * False when it was delivered before, or is gone.
   */
  deliver(message: Message): Promise<boolean>;
  /**
   * One more row for what was recorded for `from`, delivered, and everybody is to be told. False when that
   * is gone: a message without media would be nobody's.
   */
  copy(message: Message, from: VoicemailId): Promise<boolean>;
  get(id: VoicemailId): Promise<Message | undefined>;
  remove(id: VoicemailId): Promise<void>;
  /** Delivered ones. */
  list(query: MessageQuery): Promise<Message[]>;
  /** Of the inbox. */
  count(mailbox: UserId): Promise<Counts>;
  pending(): Promise<Message[]>;
  /** Several, where it was forwarded. */
  findByRecording(id: RecordingId): Promise<Message[]>;
  /** What was recorded for messages, and is no message's any more. */
  orphans(): Promise<RecordingId[]>;
  /** It is gone now. */
  orphanGone(id: RecordingId): Promise<void>;
  /** In the trash since before this time. */
  trashedBefore(at: number): Promise<Message[]>;
  inTrash(mailbox: UserId): Promise<Message[]>;
  /** In the inbox, heard before this time. */
  heardBefore(mailbox: UserId, at: number): Promise<Message[]>;
}

/** What it was seen in as it was recorded; every browser plays what is rendered of it. */
export const isFilm = ({ kind, type }: RecordedFile): boolean =>
  kind === 'track' && type.startsWith('video/');

/** Shorter is a click or a cough: nobody wants to be told of it. */
const MIN_MS = 2_000;

/**
 * Of the recording, what is the message's. It is as long as what is played: what was said, without the
 * silence before and after.
 */
export const mediaOf = ({ durationMs, files, partial }: RecordingRecord) => ({
  durationMs: files.find(({ kind }) => kind === 'audio')?.durationMs ?? durationMs,
  files,
  partial,
});

/**
 * Why what was recorded is no message. Judged is what was said: two words after a minute of silence are
 * too short, and what can be seen is not silent.
 */
export const problemOf = (record: RecordingRecord): 'failed' | 'silent' | 'tooShort' | null => {
  if (record.state !== 'ready') return 'failed';
  if (record.durationMs < MIN_MS) return 'tooShort';
  if (record.health?.findings.some(({ code }) => code === EMPTY_FINDING)) return 'silent';
  return mediaOf(record).durationMs < MIN_MS ? 'tooShort' : null;
};
