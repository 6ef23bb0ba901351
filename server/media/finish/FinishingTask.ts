import { Worker } from 'node:worker_threads';
import { AppError } from '../../base/AppError.ts';
import type { Finished, FinishingNews } from '../../recordings/Finisher.ts';
import type { FfmpegOptions } from '../ffmpeg.ts';
import type { FromThread, Task, ThreadData, ToThread } from './messages.ts';

/** The thread ends its children within moments; one that does not is ended with them. */
const CANCEL_TIMEOUT_MS = 5_000;
/** Reading and muxing is done in a stream; more is a leak, and must not take the server with it. */
const MAX_HEAP_MB = 1_024;

const NO_NEWS: FinishingNews = { onFile: () => undefined, onProgress: () => undefined };

/** One task in a thread of its own. */
export class FinishingTask {
  readonly task: Task;
  /** Undefined of a preview. Rejects with an AppError when there is something to be told. */
  readonly result: Promise<Finished | undefined>;
  readonly #resolve: (finished: Finished | undefined) => void;
  readonly #reject: (error: Error) => void;
  readonly #news: FinishingNews;
  #worker: Worker | undefined;
  #gone: Promise<void> = Promise.resolve();
  #cancelled = false;
  #isSettled = false;

  constructor(task: Task, news: FinishingNews = NO_NEWS) {
    this.task = task;
    this.#news = news;
    const { promise, resolve, reject } = Promise.withResolvers<Finished | undefined>();
    this.result = promise;
    this.#resolve = resolve;
    this.#reject = reject;
    // Whoever cancels does not wait for it.
    promise
      .catch(() => undefined)
      .finally(() => {
        this.#isSettled = true;
      });
  }

  /** Its result is there; the thread may still be on its way out. */
  get isSettled(): boolean {
    return this.#isSettled;
  }

  /** Resolves when the thread is gone, whatever came of it. */
  async run(ffmpeg: FfmpegOptions): Promise<void> {
    if (this.#cancelled) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#gone = promise;
    const worker = new Worker(new URL('./finishingWorker.ts', import.meta.url), {
      workerData: { ...ffmpeg, task: this.task } satisfies ThreadData,
      resourceLimits: { maxOldGenerationSizeMb: MAX_HEAP_MB },
      // Nothing of the server's surroundings is needed there.
      env: {},
      execArgv: [],
    });
    this.#worker = worker;
    worker.on('message', (message: FromThread) => this.#hear(message));
    worker.on('error', (error) => this.#reject(error));
    worker.on('exit', (code) => {
      this.#reject(new Error(`The thread that made files ended with ${code}`));
      resolve();
    });
    await promise;
  }

  /** Resolves once nothing of it is at work any more. Idempotent. */
  async cancel(): Promise<void> {
    this.#cancelled = true;
    this.#reject(new AppError('unavailable', 'This was broken off'));
    const worker = this.#worker;
    if (!worker) return;
    worker.postMessage('cancel' satisfies ToThread, []);
    const timer = setTimeout(() => void worker.terminate(), CANCEL_TIMEOUT_MS);
    await this.#gone;
    clearTimeout(timer);
  }

  #hear(message: FromThread): void {
    if (this.#cancelled) return;
    switch (message.type) {
      case 'file':
        this.#news.onFile(message.file);
        break;
      case 'progress':
        this.#news.onProgress(message.share);
        break;
      case 'done':
        this.#resolve(message.finished);
        break;
      case 'failed':
        this.#reject(
          message.code === undefined
            ? new Error(message.message)
            : new AppError(message.code, message.message),
        );
        break;
    }
  }
}
