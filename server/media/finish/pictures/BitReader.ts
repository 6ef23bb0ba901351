/** Reads bits from the highest on; beyond the end there are zeros. */
export class BitReader {
  readonly #bytes: Buffer;
  #at = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  /** How many bits were read. */
  get position(): number {
    return this.#at;
  }

  get isPastEnd(): boolean {
    return this.#at > this.#bytes.length * 8;
  }

  flag(): boolean {
    return this.bits(1) === 1;
  }

  /** Up to 32. */
  bits(count: number): number {
    let value = 0;
    for (let i = 0; i < count; i++) {
      const byte = this.#bytes[this.#at >> 3] ?? 0;
      value = value * 2 + ((byte >> (7 - (this.#at & 7))) & 1);
      this.#at += 1;
    }
    return value;
  }

  skip(count: number): void {
    this.#at += count;
  }

  /** Exp-Golomb, unsigned (H.264, 9.1). */
  ue(): number {
    let zeros = 0;
    while (zeros < 32 && !this.isPastEnd && !this.flag()) zeros += 1;
    return 2 ** zeros - 1 + this.bits(zeros);
  }

  /** Exp-Golomb, signed. */
  se(): number {
    const code = this.ue();
    return code % 2 === 1 ? (code + 1) / 2 : -code / 2;
  }
}
