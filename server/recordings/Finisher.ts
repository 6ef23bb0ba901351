import type { ParticipantId, RecordingId } from '../protocol/ids.ts';
import type { Gap, Health, Person, RecordedFile } from '../protocol/recordings.ts';
import type { RecordingRecord } from './RecordingRecord.ts';

/** What the journals and events of a recording have become. */
export interface Finished {
  readonly durationMs: number;
  readonly gaps: readonly Gap[];
  readonly people: readonly Person[];
  readonly files: readonly RecordedFile[];
  readonly health: Health;
}

export interface FinishingNews {
  /** A file that can be downloaded from now on. */
  readonly onFile: (file: RecordedFile) => void;
  /** 0 to 1. */
  readonly onProgress: (share: number) => void;
}

/** A track file that can be made of a recording which still runs. */
export interface PreviewFile {
  readonly name: string;
  readonly participant: { readonly id: ParticipantId; readonly name: string };
  readonly source: 'camera' | 'screen';
  readonly type: string;
}

/** Makes files of journals, elsewhere than in the server's own thread. */
export interface Finisher {
  /**
   * Journals -> archives -> extras, safely on disk and proved by reading them back; journals are
   * deleted only then. Can be called again after a crash at any point: it begins anew and replaces
   * what was made. Rejects when it cannot be done; the journals are left as they are. AppError
   * `disk_full` when the disk is.
   *
   * Of a recording whose record lists its archives already, all else is made of these.
   */
  finish(record: RecordingRecord, news: FinishingNews): Promise<Finished>;
  /**
   * Brings the folder of a finished recording to what its record says: neither files nor lines of
   * people whom it does not name are left once this resolves. Idempotent; nothing else may work there.
   */
  forget(record: RecordingRecord): Promise<void>;
  /** The track files that there would be now. */
  listPreviews(id: RecordingId): Promise<readonly PreviewFile[]>;
  /**
   * Makes a snapshot of a track so far and leaves it for `Vault.openPreview`; one that is younger than
   * `maxAgeMs` is left as it is. AppError `not_found`.
   */
  preview(id: RecordingId, name: string, maxAgeMs: number): Promise<void>;
  /** Ends what is being done with this recording; resolves once nothing touches its folder. */
  cancel(id: RecordingId): Promise<void>;
  /** Idempotent. Ends all work; what was not finished is at the next start. */
  close(): Promise<void>;
}
