import { AppError } from './AppError.ts';

/** Lets so many through at once and so many wait; whoever comes then is told to come back later. */
export class Turnstile {
  readonly #atOnce: number;
  readonly #maxWaiting: number;
  readonly #waiting: (() => void)[] = [];
  #inside = 0;

  constructor({ atOnce, maxWaiting }: { atOnce: number; maxWaiting: number }) {
    this.#atOnce = atOnce;
    this.#maxWaiting = maxWaiting;
  }

  /** Rejects with AppError `unavailable` when too many wait. */
  async run<T>(task: () => Promise<T>): Promise<T> {
    await this.#enter();
    try {
      return await task();
    } finally {
      const next = this.#waiting.shift();
      if (next) next();
      else this.#inside -= 1;
    }
  }

  #enter(): Promise<void> {
    if (this.#inside < this.#atOnce) {
      this.#inside += 1;
      return Promise.resolve();
    }
    if (this.#waiting.length >= this.#maxWaiting) {
      throw new AppError('unavailable', 'Too many at once.', { retryAfterSeconds: 5 });
    }
    return new Promise((resolve) => this.#waiting.push(resolve));
  }
}
