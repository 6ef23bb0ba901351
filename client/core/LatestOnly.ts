/**
 * Sends a value that replaces its predecessors: at most one is on its way, and of those that come
 * meanwhile only the last is sent.
 */
export class LatestOnly<T> {
  readonly #send: (value: T) => Promise<void>;
  #waiting: { readonly value: T } | null = null;
  #busy = false;

  /** A `send` that fails loses its value; whoever restores the line sets it again. */
  constructor(send: (value: T) => Promise<void>) {
    this.#send = send;
  }

  set(value: T): void {
    this.#waiting = { value };
    if (!this.#busy) void this.#drain();
  }

  async #drain(): Promise<void> {
    this.#busy = true;
    try {
      while (this.#waiting) {
        const { value } = this.#waiting;
        this.#waiting = null;
        try {
          await this.#send(value);
        } catch {
          // The next value, or the next line, makes up for it.
        }
      }
    } finally {
      this.#busy = false;
    }
  }
}
