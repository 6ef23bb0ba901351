import { AppError } from '../../base/AppError.ts';
import type { Finished, FinishingNews } from '../../recordings/Finisher.ts';
import type { Task } from './messages.ts';
import type { TaskThread } from './TaskThread.ts';

const NO_NEWS: FinishingNews = { onFile: () => undefined, onProgress: () => undefined };

/** A task on its way through the queue and a thread. */
export class FinishingTask {
  readonly task: Task;
  /** Undefined of a preview. Rejects with an AppError when there is something to be told. */
  readonly result: Promise<Finished | undefined>;
  readonly #resolve: (finished: Finished | undefined) => void;
  readonly #reject: (error: unknown) => void;
  readonly #news: FinishingNews;
  #thread: TaskThread | undefined;
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

  get isSettled(): boolean {
    return this.#isSettled;
  }

  /** Resolves when the thread is free again, whatever came of it. */
  async run(thread: TaskThread): Promise<void> {
    this.#thread = thread;
    const { onFile, onProgress } = this.#news;
    try {
      const finished = await thread.perform(this.task, {
        // A recording that nobody wants any more has no news.
        onFile: (file) => {
          if (!this.#isSettled) onFile(file);
        },
        onProgress: (share) => {
          if (!this.#isSettled) onProgress(share);
        },
      });
      this.#resolve(finished);
    } catch (error) {
      this.#reject(error);
    } finally {
      this.#thread = undefined;
    }
  }

  /** Resolves once nothing of it is at work any more. Idempotent. */
  async cancel(): Promise<void> {
    this.#reject(new AppError('unavailable', 'This was broken off'));
    this.#isSettled = true;
    await this.#thread?.cancel();
  }
}
