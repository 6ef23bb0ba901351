/** Counts one stream's packets by the sequence numbers in their open headers. */
export class Counter {
  #packets = 0;
  #lost = 0;
  #last: number | undefined;

  get packets(): number {
    return this.#packets;
  }

  /** Holes in the sequence, less what came late. */
  get lost(): number {
    return this.#lost;
  }

  /** The highest sequence number, 16 bits. */
  get last(): number {
    return this.#last ?? 0;
  }

  count(sequence: number): void {
    this.#packets += 1;
    const last = this.#last;
    if (last === undefined) {
      this.#last = sequence;
      return;
    }
    const step = (sequence - last) & 0xffff;
    if (step === 0) return;
    if (step < 0x8000) {
      this.#lost += step - 1;
      this.#last = sequence;
    } else this.#lost -= 1;
  }
}
