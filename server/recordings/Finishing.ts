import { AppError } from '../base/AppError.ts';
import type { Logger } from '../base/logger.ts';
import type { RecordingId } from '../protocol/ids.ts';
import type { RecordedFile } from '../protocol/recordings.ts';
import type { Catalogue } from './Catalogue.ts';
import type { Finisher } from './Finisher.ts';
import type { RecordingRecord } from './RecordingRecord.ts';

export interface FinishingOptions {
  readonly catalogue: Catalogue;
  readonly finisher: Finisher;
  readonly logger: Logger;
  /** Its files are all there. */
  readonly onReady: (record: RecordingRecord) => Promise<void>;
  readonly onFailed: (record: RecordingRecord) => void;
}

interface Job {
  /** Of its journals. */
  readonly bytes: number;
  files: RecordedFile[];
  progress: number;
  forgotten: boolean;
  done: Promise<void>;
}

/** Recordings on their way from journals to files, and what became of them. */
export class Finishing {
  readonly #options: FinishingOptions;
  readonly #jobs = new Map<RecordingId, Job>();
  /** Failed for want of space alone. */
  readonly #waiting = new Map<RecordingId, number>();

  constructor(options: FinishingOptions) {
    this.#options = options;
  }

  get owedBytes(): number {
    return [...this.#jobs.values()].reduce((sum, { bytes }) => sum + bytes, 0);
  }

  /** `record` is `finishing` or `recovering`. */
  begin(record: RecordingRecord, bytes: number): void {
    const job: Job = {
      bytes,
      files: [...record.files],
      progress: 0,
      forgotten: false,
      done: Promise.resolve(),
    };
    this.#jobs.set(record.id, job);
    job.done = this.#run(record, job).finally(() => {
      if (this.#jobs.get(record.id) === job) this.#jobs.delete(record.id);
    });
  }

  /** What can be had already, and how far the rest is. */
  newsOf(id: RecordingId): { files: RecordedFile[]; progress: number } | undefined {
    const job = this.#jobs.get(id);
    return job && { files: job.files, progress: job.progress };
  }

  /** The outcome of what is being done now no longer matters. */
  forget(id: RecordingId): void {
    this.#waiting.delete(id);
    const job = this.#jobs.get(id);
    if (job) job.forgotten = true;
  }

  /** Resolves once nothing touches its folder. */
  async cancel(id: RecordingId): Promise<void> {
    this.forget(id);
    await this.#options.finisher.cancel(id);
    await this.#jobs.get(id)?.done;
  }

  /** Ends all work; each recording stays as it is, and is finished at the next start. */
  async close(): Promise<void> {
    for (const id of this.#jobs.keys()) this.forget(id);
    await this.#options.finisher.close();
    await Promise.all([...this.#jobs.values()].map(({ done }) => done));
  }

  /** There may be space again for those that failed without it. */
  async retry(): Promise<void> {
    for (const [id, bytes] of this.#waiting) {
      this.#waiting.delete(id);
      const record = await this.#options.catalogue
        .take(id, 'recover', { failure: null })
        .catch(() => undefined);
      if (record) this.begin(record, bytes);
    }
  }

  async #run(record: RecordingRecord, job: Job): Promise<void> {
    const { catalogue, finisher, logger } = this.#options;
    const { id } = record;
    try {
      const finished = await finisher.finish(record, {
        onFile: (file) => {
          job.files = [...job.files.filter(({ name }) => name !== file.name), file];
        },
        onProgress: (share) => {
          job.progress = share;
        },
      });
      const ready = await catalogue.take(id, 'complete', {
        durationMs: finished.durationMs,
        endedAt: record.endedAt ?? record.startedAt + finished.durationMs,
        gaps: [...finished.gaps],
        people: [...finished.people],
        files: [...finished.files],
        health: finished.health,
        partial: record.partial || finished.gaps.some(({ reason }) => reason === 'lost'),
        progress: null,
        failure: null,
      });
      logger.info({ recording: id, files: finished.files.length }, 'recording ready');
      await this.#tell(ready);
    } catch (error) {
      if (!job.forgotten) await this.#fail(record, job, error);
    }
  }

  /** What is made of it then is no part of finishing it. */
  async #tell(record: RecordingRecord): Promise<void> {
    await this.#options.onReady(record).catch((error: unknown) => {
      this.#options.logger.error({ recording: record.id, err: error }, 'nothing rendered');
    });
  }

  async #fail(record: RecordingRecord, { bytes }: Job, error: unknown): Promise<void> {
    const { catalogue, logger } = this.#options;
    logger.error({ recording: record.id, err: error }, 'recording could not be finished');
    const full = error instanceof AppError && error.code === 'disk_full';
    if (full) this.#waiting.set(record.id, bytes);
    const failure = full
      ? 'The disk is full. What was recorded is kept, and finished once there is space.'
      : 'The files could not be made. What was recorded is kept, and tried again at the next start.';
    await catalogue.take(record.id, 'fail', { failure, progress: null }).then(
      (failed) => this.#options.onFailed(failed),
      (cause: unknown) => logger.error({ recording: record.id, err: cause }, 'not marked'),
    );
  }
}
