/**
 * Runs asynchronous steps one after another, in the order they were added. A step that fails fails
 * alone. After `close` the steps still waiting are rejected.
 */
export class SerialQueue {
  #tail: Promise<unknown> = Promise.resolve();
  #closed = false;
  #waiting = 0;

  /** Nothing runs and nothing waits. */
  get idle(): boolean {
    return this.#waiting === 0;
  }

  run<T>(step: () => Promise<T> | T): Promise<T> {
    this.#waiting += 1;
    const result = this.#tail
      .then(() => {
        if (this.#closed) throw new QueueClosedError();
        return step();
      })
      .finally(() => {
        this.#waiting -= 1;
      });
    this.#tail = result.catch(() => undefined);
    return result;
  }

  close(): void {
    this.#closed = true;
  }
}

export class QueueClosedError extends Error {
  override readonly name = 'QueueClosedError';
}
