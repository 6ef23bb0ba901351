import { AppError } from '../../server/base/AppError.ts';
import type { RecordingId } from '../../server/protocol/ids.ts';
import type { Finished, Finisher, PreviewFile } from '../../server/recordings/Finisher.ts';
import type { RecordingRecord } from '../../server/recordings/RecordingRecord.ts';

interface Job {
  readonly record: RecordingRecord;
  readonly outcome: PromiseWithResolvers<Finished>;
}

/** Finishes a recording when the test says so, or fails to. */
export class HeldFinisher implements Finisher {
  readonly #jobs = new Map<RecordingId, Job>();

  finish(record: RecordingRecord): Promise<Finished> {
    const outcome = Promise.withResolvers<Finished>();
    this.#jobs.set(record.id, { record, outcome });
    return outcome.promise;
  }

  isBusyWith(id: RecordingId): boolean {
    return this.#jobs.has(id);
  }

  finishOne(): void {
    const job = this.#take();
    job?.outcome.resolve({
      durationMs: job.record.durationMs,
      gaps: [],
      people: [],
      files: [
        {
          name: 'checksums.json',
          kind: 'manifest',
          participant: null,
          source: null,
          type: 'application/json',
          bytes: 2,
          durationMs: null,
          sha256: '0'.repeat(64),
        },
      ],
      health: { grade: 'green', findings: [], tracks: [] },
    });
  }

  failOne(): void {
    this.#take()?.outcome.reject(new AppError('disk_full', 'The disk is full.'));
  }

  forget(): Promise<void> {
    return Promise.resolve();
  }

  listPreviews(): Promise<readonly PreviewFile[]> {
    return Promise.resolve([]);
  }

  preview(): Promise<void> {
    return Promise.reject(new AppError('not_found', 'There is no such file.'));
  }

  cancel(id: RecordingId): Promise<void> {
    this.#jobs.get(id)?.outcome.reject(new Error('cancelled'));
    this.#jobs.delete(id);
    return Promise.resolve();
  }

  async close(): Promise<void> {
    await Promise.all([...this.#jobs.keys()].map((id) => this.cancel(id)));
  }

  #take(): Job | undefined {
    const [first] = this.#jobs;
    if (!first) return undefined;
    this.#jobs.delete(first[0]);
    return first[1];
  }
}
