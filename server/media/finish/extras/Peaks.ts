/** What the mix is looked at with; peaks need no more. */
export const PEAKS_SAMPLE_RATE = 8_000;
/** For a short recording; long ones get fewer, so that the file stays small enough for a page. */
const PER_SECOND = 20;
const MAX_POINTS = 36_000;

/** The waveform of the mix in the format of BBC's audiowaveform, version 2, with 8 bits. */
export class Peaks {
  readonly #samplesPerPoint: number;
  readonly #data: number[] = [];
  #min = 0;
  #max = 0;
  #count = 0;
  #odd: Buffer = Buffer.alloc(0);

  constructor({ durationMs }: { durationMs: number }) {
    const seconds = durationMs / 1000;
    const perSecond = Math.min(PER_SECOND, MAX_POINTS / Math.max(seconds, 1));
    this.#samplesPerPoint = Math.round(PEAKS_SAMPLE_RATE / perSecond);
  }

  /** One channel, 16 bits, little-endian, cut anywhere. */
  add(chunk: Buffer): void {
    const bytes = this.#odd.length > 0 ? Buffer.concat([this.#odd, chunk]) : chunk;
    const even = bytes.length - (bytes.length % 2);
    for (let i = 0; i < even; i += 2) this.#sample(bytes.readInt16LE(i));
    this.#odd = bytes.subarray(even);
  }

  finish(): object {
    if (this.#count > 0) this.#point();
    return {
      version: 2,
      channels: 1,
      sample_rate: PEAKS_SAMPLE_RATE,
      samples_per_pixel: this.#samplesPerPoint,
      bits: 8,
      length: this.#data.length / 2,
      data: this.#data,
    };
  }

  #sample(value: number): void {
    if (this.#count === 0) {
      this.#min = value;
      this.#max = value;
    } else if (value < this.#min) this.#min = value;
    else if (value > this.#max) this.#max = value;
    this.#count += 1;
    if (this.#count === this.#samplesPerPoint) this.#point();
  }

  #point(): void {
    this.#data.push(this.#min >> 8, this.#max >> 8);
    this.#count = 0;
  }
}
