import { opusDurationMs } from '../rtp/opusPacket.ts';
import type { TimedData } from './readPictures.ts';

/** Frames of silence, from the longest: CELT, full band, one channel, nothing coded. */
const SILENCES = [
  { toc: 0xf8, ms: 20 },
  { toc: 0xf0, ms: 10 },
  { toc: 0xe8, ms: 5 },
  { toc: 0xe0, ms: 2.5 },
].map(({ toc, ms }) => ({ data: Buffer.from([toc, 0xff, 0xfe]), ms }));
const SHORTEST_MS = 2.5;

/** Packets that begin so little before the end of the one before them follow it. */
const SAME_MS = 5;

/**
 * Sound without holes, from zero to the end: where nothing came, silence. Players go by the times of
 * packets or by how long they sound; silences are cut so that both agree after each of them, although
 * the sender's clock is not ours.
 */
export class OpusLine {
  readonly #endsMs: number;
  /** By the times of the packets. */
  #toMs = 0;
  /** By how long they sound. */
  #soundedMs = 0;
  /** Packets that fell into what was there already. */
  overlapping = 0;

  constructor({ endsMs }: { endsMs: number }) {
    this.#endsMs = endsMs;
  }

  *packet(data: Buffer, ms: number): Generator<TimedData> {
    const durationMs = opusDurationMs(data);
    if (durationMs === undefined || ms >= this.#endsMs || ms + durationMs <= 0) return;
    let startsMs = Math.max(ms, 0);
    if (ms < this.#toMs - SAME_MS) {
      // Two sounds at once: the one that is there stays.
      this.overlapping += 1;
      if (ms + durationMs / 2 < this.#toMs) return;
      startsMs = this.#toMs;
    }
    if (ms - this.#toMs >= SHORTEST_MS) yield* this.#silence(ms);
    yield { data, ms: startsMs, isKey: true };
    this.#toMs = startsMs + durationMs;
    this.#soundedMs += durationMs;
  }

  /** Silence up to the end. */
  *end(): Generator<TimedData> {
    if (this.#endsMs - this.#toMs >= SHORTEST_MS) yield* this.#silence(this.#endsMs);
  }

  *#silence(toMs: number): Generator<TimedData> {
    const gapMs = toMs - this.#toMs;
    const wantedMs = Math.min(Math.max(toMs - this.#soundedMs, 0), gapMs);
    let left = Math.round(wantedMs / SHORTEST_MS);
    let ms = this.#toMs;
    while (left > 0) {
      const silence = SILENCES.find((frame) => frame.ms / SHORTEST_MS <= left);
      if (!silence) return;
      yield { data: silence.data, ms, isKey: true };
      left -= silence.ms / SHORTEST_MS;
      ms += silence.ms;
      this.#soundedMs += silence.ms;
    }
    this.#toMs = Math.max(this.#toMs, toMs);
  }
}
