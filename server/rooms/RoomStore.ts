import type { RoomId, UserId } from '../protocol/ids.ts';
import type { RecordingSettings } from '../protocol/recordings.ts';

/** What is kept of a room while nobody is in it, over restarts too. */
export interface RoomRecord {
  readonly id: RoomId;
  readonly name: string;
  readonly createdAt: number;
  readonly ownerSecretHash: Buffer;
  /** Who owns it by their account, too. */
  readonly ownerId: UserId | null;
  readonly locked: boolean;
  readonly listed: boolean;
  readonly recording: RecordingSettings;
}

export interface RoomStore {
  all(): Promise<RoomRecord[]>;
  /** Inserts or replaces. */
  put(record: RoomRecord): Promise<void>;
  remove(id: RoomId): Promise<void>;
}
