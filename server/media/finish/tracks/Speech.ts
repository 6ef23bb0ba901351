import type { Interval } from './intervals.ts';

/** Louder is speech, dBov; a laptop's fan stays below. */
const SPEAKS_DBOV = -45;
/** And still is, once it has begun. */
const GOES_ON_DBOV = -55;
/** Breath and the pause between sentences. Longer joins what two people say in turns. */
const HANGOVER_MS = 600;
/** Shorter is a knock or a key. */
const MIN_SPEECH_MS = 120;

/** Who speaks, from the loudness that comes with each packet. */
export class Speech {
  readonly #spoken: Interval[] = [];
  #current: { fromMs: number; toMs: number } | undefined;
  /** The loudest so far; undefined: nobody told. */
  loudestDbov: number | undefined;

  hear(levelDbov: number, atMs: number): void {
    this.loudestDbov = Math.max(this.loudestDbov ?? -127, levelDbov);
    const current = this.#current;
    if (current && atMs - current.toMs > HANGOVER_MS) this.#close();
    if (this.#current && levelDbov >= GOES_ON_DBOV) this.#current.toMs = atMs;
    else if (!this.#current && levelDbov >= SPEAKS_DBOV) {
      this.#current = { fromMs: atMs, toMs: atMs };
    }
  }

  finish(): Interval[] {
    this.#close();
    return this.#spoken;
  }

  #close(): void {
    const current = this.#current;
    this.#current = undefined;
    if (current && current.toMs - current.fromMs >= MIN_SPEECH_MS) this.#spoken.push(current);
  }
}
