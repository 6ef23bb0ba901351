import type { Arrival } from './PacketCounter.ts';

/** A packet in its turn. */
export interface Ordered extends Arrival {
  /** Packets between this one and the one before it that never came. */
  readonly missing: number;
}

/**
 * Packets behind a missing one wait this long for it. Retransmissions take a few round trips, so more
 * finds none; it costs memory only, a few seconds of one stream.
 */
const MAX_WAIT_MS = 4_000;
const MAX_WAITING = 8_192;

/** Brings packets into the order in which they were sent. */
export class ReorderBuffer {
  readonly #waiting = new Map<number, Arrival>();
  #next: number;
  #waitingSinceMs = 0;

  /** `firstIndex`: where the stream begins. */
  constructor(firstIndex: number) {
    this.#next = firstIndex;
  }

  /** Those whose turn it is now. */
  push(arrival: Arrival): Ordered[] {
    if (arrival.index < this.#next) return [];
    if (arrival.index === this.#next && this.#waiting.size === 0) {
      this.#next += 1;
      return [{ ...arrival, missing: 0 }];
    }
    if (this.#waiting.size === 0) this.#waitingSinceMs = arrival.atMs;
    this.#waiting.set(arrival.index, arrival);
    const released = this.#release(0);
    const isStuck =
      arrival.atMs - this.#waitingSinceMs > MAX_WAIT_MS || this.#waiting.size > MAX_WAITING;
    if (released.length === 0 && isStuck) return this.#skip();
    return released;
  }

  /** All that is left, in order. */
  flush(): Ordered[] {
    const released: Ordered[] = [];
    while (this.#waiting.size > 0) released.push(...this.#skip());
    return released;
  }

  #skip(): Ordered[] {
    let lowest = Infinity;
    for (const index of this.#waiting.keys()) lowest = Math.min(lowest, index);
    const missing = lowest - this.#next;
    this.#next = lowest;
    return this.#release(missing);
  }

  #release(missing: number): Ordered[] {
    const released: Ordered[] = [];
    for (;;) {
      const arrival = this.#waiting.get(this.#next);
      if (!arrival) break;
      this.#waiting.delete(this.#next);
      this.#next += 1;
      released.push({ ...arrival, missing: released.length === 0 ? missing : 0 });
    }
    if (released.length > 0) {
      const [first] = this.#waiting.values();
      if (first) this.#waitingSinceMs = first.atMs;
    }
    return released;
  }
}
