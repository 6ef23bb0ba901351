/** From one who makes to one who takes: as many at a time as have gathered meanwhile. */
export class Handover<T> {
  readonly #items: T[] = [];
  #hasEnded = false;
  #wake: (() => void) | undefined;

  put(item: T): void {
    this.#items.push(item);
    this.#wake?.();
  }

  /** No more will come. Idempotent. */
  end(): void {
    this.#hasEnded = true;
    this.#wake?.();
  }

  /** Up to `most`, the oldest first; none: there will be no more. */
  async take(most: number): Promise<T[]> {
    if (this.#items.length === 0 && !this.#hasEnded) {
      const { promise, resolve } = Promise.withResolvers<void>();
      this.#wake = resolve;
      await promise;
      this.#wake = undefined;
    }
    return this.#items.splice(0, most);
  }
}
