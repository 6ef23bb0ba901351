import type { RecordingId, RoomId, ShareId, UserId, VoicemailId } from '../protocol/ids.ts';
import type { RecordingState } from '../protocol/recordings.ts';
import type { RecordingRecord } from './RecordingRecord.ts';

/** Undefined members do not restrict. */
export interface RecordingFilter {
  /** Id or folded name of a room. */
  readonly room?: string | undefined;
  readonly state?: RecordingState | undefined;
  /** Of `startedAt`, milliseconds since 1970, inclusive. */
  readonly from?: number | undefined;
  readonly to?: number | undefined;
  /** Part of the title, the room's name, a tag or a person's name, in any case. */
  readonly q?: string | undefined;
  /** Hex. Only recordings of rooms with this owner secret. */
  readonly ownerSecretHash?: string | undefined;
  readonly ownerId?: UserId | undefined;
  /** Only recordings of this room: what a token was made for. */
  readonly roomId?: RoomId | undefined;
}

/** The catalogue: what can be found without opening folders. */
export interface RecordingStore {
  /** Inserts, or replaces what was there under this id. */
  put(record: RecordingRecord): Promise<void>;
  /** Replaces the record if it still is in `from`; false when it is not (or is not there). */
  replace(record: RecordingRecord, from: RecordingState): Promise<boolean>;
  get(id: RecordingId): Promise<RecordingRecord | undefined>;
  /** Newest first, those older than `before` (an id) only. */
  list(
    filter: RecordingFilter,
    page: { before?: string | undefined; limit: number },
  ): Promise<RecordingRecord[]>;
  /** Oldest first. */
  ofMessage(id: VoicemailId): Promise<RecordingRecord[]>;
  all(): Promise<RecordingRecord[]>;
  remove(id: RecordingId): Promise<void>;
}

/** A link to one recording for whoever has it. The secret itself is not kept. */
export interface Share {
  readonly id: ShareId;
  readonly recordingId: RecordingId;
  /** It leads to this message, and to nothing else of the recording; null: to all of it. */
  readonly messageId: VoicemailId | null;
  /** SHA-256 of the secret that opens it, hex. */
  readonly secretHash: string;
  /**
   * With a password the link has another secret, whose SHA-256 this is, hex: the two together make the
   * one that opens. Null: the link itself opens.
   */
  readonly lockHash: string | null;
  readonly createdAt: number;
  readonly expiresAt: number;
  readonly revokedAt: number | null;
}

export interface ShareStore {
  put(share: Share): Promise<void>;
  find(secretHash: string): Promise<Share | undefined>;
  findLocked(lockHash: string): Promise<Share | undefined>;
  /** Oldest first. */
  list(recordingId: RecordingId): Promise<Share[]>;
  /** False when there is no such share of this recording. */
  revoke(recordingId: RecordingId, id: ShareId, at: number): Promise<boolean>;
  removeOf(recordingId: RecordingId): Promise<void>;
}
