/**
 * Of Node's four threads for files a slow disk holds this many in syncs; the others go on writing,
 * and reading for everybody else. More syncs at once let the file system put them together.
 */
const SYNCS_AT_ONCE = 2;

/** Lets the syncs of all recordings through, a few at a time, in the order of asking. */
export class SyncGate {
  readonly #waiting: (() => void)[] = [];
  #running = 0;

  async run(sync: () => Promise<void>): Promise<void> {
    if (this.#running >= SYNCS_AT_ONCE) {
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    } else {
      this.#running += 1;
    }
    try {
      await sync();
    } finally {
      const next = this.#waiting.shift();
      // The place goes on to the next one.
      if (next) next();
      else this.#running -= 1;
    }
  }
}
