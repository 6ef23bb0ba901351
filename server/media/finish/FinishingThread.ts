import { stat } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { AppError } from '../../base/AppError.ts';
import type { RecordingId } from '../../protocol/ids.ts';
import type { Finished, Finisher, FinishingNews, PreviewFile } from '../../recordings/Finisher.ts';
import { LAYOUT } from '../../recordings/layout.ts';
import type { RecordingRecord } from '../../recordings/RecordingRecord.ts';
import { findSetpriv, type FfmpegOptions } from '../ffmpeg.ts';
import { FinishingTask } from './FinishingTask.ts';
import { forgetPeople } from './forgetPeople.ts';
import { planPreviews, previewOf } from './makePreview.ts';
import { TaskThread } from './TaskThread.ts';

export interface FinishingThreadOptions {
  /** RECORDINGS_DIR. */
  readonly folder: string;
  /** Path of the binary. */
  readonly ffmpegBin: string;
  /** Instead of the one that is found; undefined: none. */
  readonly setprivBin?: string | undefined;
  /** How many tasks at once; by default one per core, less one for the calls. */
  readonly maxTasks?: number;
}

/** Makes files of journals in threads, a few at a time, calls first. */
export class FinishingThread implements Finisher {
  readonly #folder: string;
  readonly #ffmpeg: FfmpegOptions;
  readonly #maxTasks: number;
  readonly #waiting: Entry[] = [];
  readonly #running = new Set<Entry>();
  /** At hand for the next task. */
  #idle: TaskThread | undefined;
  #closed = false;

  static async create(options: FinishingThreadOptions): Promise<FinishingThread> {
    const setprivBin = 'setprivBin' in options ? options.setprivBin : await findSetpriv();
    return new FinishingThread(options, setprivBin);
  }

  private constructor(
    { folder, ffmpegBin, maxTasks }: FinishingThreadOptions,
    setprivBin: string | undefined,
  ) {
    this.#folder = folder;
    this.#ffmpeg = { ffmpegBin, setprivBin };
    this.#maxTasks = maxTasks ?? Math.max(1, availableParallelism() - 1);
    this.#idle = new TaskThread(this.#ffmpeg);
  }

  async finish(record: RecordingRecord, news: FinishingNews): Promise<Finished> {
    const folder = this.#folderOf(record.id);
    const finished = await this.#queue(
      record.id,
      new FinishingTask({ type: 'finish', folder, record }, news),
    );
    if (!finished) throw new Error('The thread finished nothing');
    return finished;
  }

  /** Here and now: whoever asked for it does not wait until other recordings are finished. */
  forget(record: RecordingRecord): Promise<void> {
    return forgetPeople(this.#folderOf(record.id), record);
  }

  async listPreviews(id: RecordingId): Promise<readonly PreviewFile[]> {
    return (await planPreviews(this.#folderOf(id))).map(previewOf);
  }

  async preview(id: RecordingId, name: string, maxAgeMs: number): Promise<void> {
    const folder = this.#folderOf(id);
    if ((await ageOf(join(folder, LAYOUT.preview, name))) < maxAgeMs) return;
    const underWay = [...this.#running, ...this.#waiting].find(
      ({ task: { task, isSettled } }) =>
        !isSettled && task.type === 'preview' && task.folder === folder && task.name === name,
    );
    await (underWay?.task.result ??
      this.#queue(id, new FinishingTask({ type: 'preview', folder, name })));
  }

  async cancel(id: RecordingId): Promise<void> {
    await this.#end((entry) => entry.id === id);
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#end(() => true);
    await this.#idle?.end();
  }

  #folderOf(id: RecordingId): string {
    return join(this.#folder, id);
  }

  async #queue(id: RecordingId, task: FinishingTask): Promise<Finished | undefined> {
    if (this.#closed) throw new AppError('unavailable', 'The server is stopping');
    this.#waiting.push({ id, task });
    this.#startNext();
    return task.result;
  }

  /** Recordings before previews, and no two tasks on one recording. */
  #startNext(): void {
    while (this.#running.size < this.#maxTasks) {
      const free = this.#waiting.filter(({ id }) => ![...this.#running].some((e) => e.id === id));
      const next = free.find(({ task }) => task.task.type === 'finish') ?? free[0];
      if (!next) return;
      this.#waiting.splice(this.#waiting.indexOf(next), 1);
      this.#running.add(next);
      void this.#run(next);
    }
  }

  async #run(entry: Entry): Promise<void> {
    const thread = this.#takeThread();
    await entry.task.run(thread);
    this.#running.delete(entry);
    this.#giveBack(thread);
    this.#startNext();
  }

  #takeThread(): TaskThread {
    const idle = this.#idle;
    this.#idle = undefined;
    return idle && !idle.hasEnded ? idle : new TaskThread(this.#ffmpeg);
  }

  #giveBack(thread: TaskThread): void {
    if (this.#closed || this.#idle) void thread.end();
    else this.#idle = thread.hasEnded ? new TaskThread(this.#ffmpeg) : thread;
  }

  async #end(which: (entry: Entry) => boolean): Promise<void> {
    const entries = [...this.#waiting, ...this.#running].filter(which);
    for (const entry of entries) {
      const index = this.#waiting.indexOf(entry);
      if (index >= 0) this.#waiting.splice(index, 1);
    }
    await Promise.all(entries.map(({ task }) => task.cancel()));
  }
}

interface Entry {
  readonly id: RecordingId;
  readonly task: FinishingTask;
}

/** Of a file; infinite when there is none. */
const ageOf = async (path: string): Promise<number> => {
  try {
    return Date.now() - (await stat(path)).mtimeMs;
  } catch {
    return Infinity;
  }
};
