/** Reports looked back on: a minute of video's. More steadies the clock, fewer follow its drift. */
const WINDOW = 64;
/** A report this far from the others means that the sender's clock was set. */
const JUMP_MS = 2_000;

/**
 * The clock of one sender, as its RTCP reports tell it, against the worker's: all that it sends is
 * laid on one time line by it, so that lips stay with voices. The report that came through fastest
 * says most truly how far apart the two are.
 */
export class SenderClock {
  #offsetsMs: number[] = [];

  /** The worker's time at which the sender's clock showed `senderMs`, told by a report just in. */
  toWorkerMs(senderMs: number, arrivedMs: number): number {
    const offsetMs = arrivedMs - senderMs;
    const knownMs = Math.min(...this.#offsetsMs);
    if (Math.abs(offsetMs - knownMs) > JUMP_MS) this.#offsetsMs = [];
    if (this.#offsetsMs.length === WINDOW) this.#offsetsMs.shift();
    this.#offsetsMs.push(offsetMs);
    return senderMs + Math.min(...this.#offsetsMs);
  }
}
