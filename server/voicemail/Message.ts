import type { ReasonSchema, Folder } from '../protocol/voicemail.ts';
import type { Static } from 'typebox';
import type { RecordingId, UserId, VoicemailId } from '../protocol/ids.ts';
import type { RecordedFile } from '../protocol/recordings.ts';
import type { RecordingRecord } from '../recordings/RecordingRecord.ts';

/** Shorter is a click or a cough: nobody wants to be told of it. */
export const MIN_MS = 2_000;

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
  readonly readAt: number | null;
  readonly folder: Folder;
  /** Since when it is in the trash. */
  readonly trashedAt: number | null;
}

export interface MessageQuery {
  readonly mailbox: UserId;
  readonly folder?: Folder | undefined;
  readonly unread?: boolean | undefined;
  /** Part of the caller's name or of the note, in any case. */
  readonly q?: string | undefined;
  readonly before?: string | undefined;
  readonly limit: number;
}

export interface Counts {
  readonly new: number;
  readonly old: number;
  readonly urgentNew: number;
  readonly urgentOld: number;
  /** Of all folders. */
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
  get(id: VoicemailId): Promise<Message | undefined>;
  remove(id: VoicemailId): Promise<void>;
  /** Delivered ones, newest first. */
  list(query: MessageQuery): Promise<Message[]>;
  /** Of the inbox. */
  count(mailbox: UserId): Promise<Counts>;
  pending(): Promise<Message[]>;
  findByRecording(id: RecordingId): Promise<Message | undefined>;
  /** In the trash since before this time. */
  trashedBefore(at: number): Promise<Message[]>;
}

/** Of the recording, what is the message's. */
export const mediaOf = ({ durationMs, files, partial }: RecordingRecord) => ({
  durationMs,
  files,
  partial,
});
