import type { ErrorCode } from '../../protocol/errors.ts';
import type { RecordedFile } from '../../protocol/recordings.ts';
import type { Finished } from '../../recordings/Finisher.ts';
import type { RecordingRecord } from '../../recordings/RecordingRecord.ts';

/** What a thread is asked to do. `folder`: of the recording. */
export type Task =
  | { readonly type: 'finish'; readonly folder: string; readonly record: RecordingRecord }
  | { readonly type: 'preview'; readonly folder: string; readonly name: string };

export type ToThread =
  | { readonly type: 'task'; readonly task: Task }
  /** Stop what is being done, and leave nothing that works. */
  | { readonly type: 'cancel' };

/** Of a task `done` or `failed` is the last. */
export type FromThread =
  | { readonly type: 'file'; readonly file: RecordedFile }
  | { readonly type: 'progress'; readonly share: number }
  | { readonly type: 'done'; readonly finished: Finished | undefined }
  | {
      readonly type: 'failed';
      /** Of an error that may be told; undefined: it is not expected. */
      readonly code: ErrorCode | undefined;
      readonly message: string;
    };
