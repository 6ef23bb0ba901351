import type { Clock } from '../base/Clock.ts';

/**
 * How long a packet may be missing. Lost ones are sent again after a round trip or two, seldom later;
 * waiting longer freezes the picture longer, waiting less costs whole pictures that nobody needed.
 */
const PATIENCE_MS = 250;
/** Farther apart than this is not loss but another stream of numbers. */
const MAX_GAP = 1_000;

/** Watches a stream's RTP sequence numbers for packets that do not come, late or again. */
export class GapWatch {
  readonly #clock: Clock;
  readonly #onLost: () => void;
  readonly #missing = new Map<number, number>();
  #highest: number | undefined;
  #cancel: (() => void) | undefined;

  /** `onLost`: something is missing for good. Once for all that was missing at that time. */
  constructor(clock: Clock, onLost: () => void) {
    this.#clock = clock;
    this.#onLost = onLost;
  }

  /** Every packet passes here: the usual case is two comparisons. */
  see(sequence: number): void {
    const step = this.#highest === undefined ? 1 : (sequence - this.#highest) & 0xffff;
    if (step === 1) this.#highest = sequence;
    else this.#seeOutOfOrder(sequence, step);
  }

  /** The numbers begin anew, or nothing is expected any more. */
  reset(): void {
    this.#highest = undefined;
    this.#missing.clear();
    this.#cancel?.();
    this.#cancel = undefined;
  }

  #seeOutOfOrder(sequence: number, step: number): void {
    if (step >= 0x8000 || step === 0) {
      this.#missing.delete(sequence);
      return;
    }
    const deadlineMs = this.#clock.elapsed() + PATIENCE_MS;
    const firstMissing = step > MAX_GAP ? sequence - 1 : sequence - step + 1;
    for (let lost = firstMissing; lost < sequence; lost += 1) {
      this.#missing.set(lost & 0xffff, deadlineMs);
    }
    this.#highest = sequence;
    this.#cancel ??= this.#clock.after(PATIENCE_MS, () => this.#judge());
  }

  #judge(): void {
    this.#cancel = undefined;
    const now = this.#clock.elapsed();
    // In the order of insertion, which is that of the deadlines.
    let lost = 0;
    let nextMs: number | undefined;
    for (const [sequence, deadlineMs] of this.#missing) {
      if (deadlineMs > now) {
        nextMs = deadlineMs;
        break;
      }
      this.#missing.delete(sequence);
      lost += 1;
    }
    if (nextMs !== undefined) this.#cancel = this.#clock.after(nextMs - now, () => this.#judge());
    if (lost > 0) this.#onLost();
  }
}
