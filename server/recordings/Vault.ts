import type { Readable } from 'node:stream';
import type { RecordingId } from '../protocol/ids.ts';
import type { RecordingRecord } from './RecordingRecord.ts';

export interface Space {
  readonly freeBytes: number;
  readonly totalBytes: number;
}

/** A file as it was when it was opened: later growth or deletion does not change it. */
export interface OpenFile {
  readonly bytes: number;
  /** Milliseconds since 1970. */
  readonly modifiedAt: number;
  /** `start` and `end` inclusive. The stream closes the file when it ends or is destroyed. */
  read(range?: { start: number; end: number }): Readable;
  /** For who did not read. Idempotent. */
  close(): Promise<void>;
}

/** Folders of recordings, their manifests and their files. */
export interface Vault {
  /** A new folder with its manifest, safely on disk once this resolves. */
  create(record: RecordingRecord): Promise<void>;
  /** Replaces the manifest, whole or not at all, safely on disk once this resolves. */
  save(record: RecordingRecord): Promise<void>;
  /** Every folder there is; `record` is undefined where the manifest is missing or broken. */
  list(): Promise<{ id: RecordingId; record: RecordingRecord | undefined }[]>;
  /** Moves a folder that is not understood out of the way, never deleting it. */
  quarantine(id: RecordingId): Promise<void>;
  /** Really gone once this resolves. Resolves when there was nothing. */
  remove(id: RecordingId): Promise<void>;
  /** A finished file. AppError `not_found`. `name` has the shape of `FileNameSchema`. */
  open(id: RecordingId, name: string): Promise<OpenFile>;
  /** Resolves when there was none. `name` has the shape of `FileNameSchema`. */
  removeFile(id: RecordingId, name: string): Promise<void>;
  /** A snapshot made by `Finisher.preview`. AppError `not_found`. */
  openPreview(id: RecordingId, name: string): Promise<OpenFile>;
  space(): Promise<Space>;
}
