import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { AppError } from '../../base/AppError.ts';
import type { Finished, FinishingNews } from '../../recordings/Finisher.ts';
import type { FfmpegOptions } from '../ffmpeg.ts';
import type { FromThread, Task, ToThread } from './messages.ts';

/** The thread ends its children within moments; one that does not is ended with them. */
const CANCEL_TIMEOUT_MS = 5_000;
/** Reading and muxing is done in a stream; more is a leak, and must not take the server with it. */
const MAX_HEAP_MB = 1_024;

interface UnderWay {
  readonly news: FinishingNews;
  readonly resolve: (finished: Finished | undefined) => void;
  readonly reject: (error: Error) => void;
  /** Whatever came of it. */
  readonly over: Promise<unknown>;
}

/**
 * A thread that does one task after another. Starting one takes a second of work, most of it for
 * loading its modules, so one is kept at hand.
 */
export class TaskThread {
  readonly #worker: Worker;
  #underWay: UnderWay | undefined;
  #hasEnded = false;

  constructor(ffmpeg: FfmpegOptions) {
    this.#worker = new Worker(new URL('./finishingWorker.ts', import.meta.url), {
      workerData: ffmpeg,
      resourceLimits: { maxOldGenerationSizeMb: MAX_HEAP_MB },
      // Nothing of the server's surroundings is needed there.
      env: {},
      execArgv: [],
    });
    // While it waits it keeps nobody from ending.
    this.#worker.unref();
    this.#worker.on('message', (message: FromThread) => this.#hear(message));
    this.#worker.on('error', (error) => this.#end(error));
    this.#worker.on('exit', (code) => {
      this.#end(new Error(`The thread that made files ended with ${code}`));
    });
  }

  get hasEnded(): boolean {
    return this.#hasEnded;
  }

  /** One at a time. Resolves to undefined of a preview. */
  perform(task: Task, news: FinishingNews): Promise<Finished | undefined> {
    const { promise, resolve, reject } = Promise.withResolvers<Finished | undefined>();
    if (this.#hasEnded) reject(new Error('The thread that makes files has ended'));
    const over = promise.catch(() => undefined);
    this.#underWay = { news, resolve, reject, over };
    this.#worker.ref();
    this.#post({ type: 'task', task });
    return promise;
  }

  /** Ends what is being done; resolves once nothing of it is at work any more. */
  async cancel(): Promise<void> {
    const underWay = this.#underWay;
    if (!underWay) return;
    this.#post({ type: 'cancel' });
    const timer = setTimeout(() => void this.#worker.terminate(), CANCEL_TIMEOUT_MS);
    await underWay.over;
    clearTimeout(timer);
  }

  /** Resolves when it is gone. Idempotent. */
  async end(): Promise<void> {
    if (this.#hasEnded) return;
    const gone = once(this.#worker, 'exit');
    await this.#worker.terminate();
    await gone;
  }

  #post(message: ToThread): void {
    this.#worker.postMessage(message, []);
  }

  #end(error: Error): void {
    this.#hasEnded = true;
    this.#underWay?.reject(error);
    this.#underWay = undefined;
  }

  #hear(message: FromThread): void {
    const underWay = this.#underWay;
    if (!underWay) return;
    switch (message.type) {
      case 'file':
        underWay.news.onFile(message.file);
        return;
      case 'progress':
        underWay.news.onProgress(message.share);
        return;
      case 'done':
        underWay.resolve(message.finished);
        break;
      case 'failed':
        underWay.reject(
          message.code === undefined
            ? new Error(message.message)
            : new AppError(message.code, message.message),
        );
        break;
    }
    this.#underWay = undefined;
    this.#worker.unref();
  }
}
