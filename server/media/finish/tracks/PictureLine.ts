import type { TimedData } from './readPictures.ts';

/** Players need times that grow; a millisecond is the least step that a Matroska file can say. */
const LEAST_STEP_MS = 1;

/** Pictures in order, none before zero or after the end. */
export class PictureLine {
  readonly #endsMs: number;
  #lastMs = -LEAST_STEP_MS;
  /** Pictures whose time had to be moved by more than a picture's length. */
  moved = 0;

  constructor({ endsMs }: { endsMs: number }) {
    this.#endsMs = endsMs;
  }

  /** Undefined: it is after the end. */
  place(picture: TimedData): TimedData | undefined {
    const ms = Math.max(Math.round(picture.ms), this.#lastMs + LEAST_STEP_MS);
    if (ms >= this.#endsMs) return undefined;
    if (ms - picture.ms > 50) this.moved += 1;
    this.#lastMs = ms;
    return { ...picture, ms };
  }
}
