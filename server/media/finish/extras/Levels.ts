/** What a voice is looked for with; it needs no more. */
export const LEVELS_SAMPLE_RATE = 16_000;
/** Of each level. */
export const LEVEL_MS = 10;

const SAMPLES_PER_LEVEL = (LEVELS_SAMPLE_RATE * LEVEL_MS) / 1000;
const FULL_SCALE = 32_768;

/** How much energy there is in each hundredth of a second; 1 is full scale. */
export class Levels {
  readonly #powers: number[] = [];
  #sum = 0;
  #count = 0;
  #odd: Buffer = Buffer.alloc(0);

  /** One channel, 16 bits, little-endian, cut anywhere. */
  add(chunk: Buffer): void {
    const bytes = this.#odd.length > 0 ? Buffer.concat([this.#odd, chunk]) : chunk;
    const even = bytes.length - (bytes.length % 2);
    for (let i = 0; i < even; i += 2) this.#sample(bytes.readInt16LE(i) / FULL_SCALE);
    this.#odd = bytes.subarray(even);
  }

  get powers(): readonly number[] {
    return this.#powers;
  }

  #sample(value: number): void {
    this.#sum += value * value;
    this.#count += 1;
    if (this.#count < SAMPLES_PER_LEVEL) return;
    this.#powers.push(this.#sum / SAMPLES_PER_LEVEL);
    this.#sum = 0;
    this.#count = 0;
  }
}
