import type { Clock } from './clock.ts';

/** A wait before the next attempt; a sign that it would succeed cuts it short, even one that came before. */
export class Pause {
  readonly #clock: Clock;
  #hurry = false;
  #wake: (() => void) | null = null;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  async take(delayMs: number): Promise<void> {
    if (delayMs <= 0 || this.#hurry) {
      this.#hurry = false;
      return;
    }
    await new Promise<void>((resolve) => {
      const cancel = this.#clock.after(delayMs, () => this.end());
      this.#wake = () => {
        cancel();
        this.#wake = null;
        this.#hurry = false;
        resolve();
      };
    });
  }

  /** Ends this one; where there is none, the next one is none. */
  hurry(): void {
    this.#hurry = true;
    this.end();
  }

  /** What was hurried to has been reached. */
  settle(): void {
    this.#hurry = false;
  }

  end(): void {
    this.#wake?.();
  }
}
