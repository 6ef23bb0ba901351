import type { RtpHeader } from 'werift';

/** More is not needed for a 99th percentile. */
const MAX_SAMPLES = 200_000;

/** Times packets by their RTP timestamps, which a forwarding server leaves as they are. */
export class Stopwatch {
  readonly #sentAt = { audio: new Map<number, number>(), video: new Map<number, number>() };
  readonly #delaysMs: number[] = [];
  #running = false;

  get delaysMs(): readonly number[] {
    return this.#delaysMs;
  }

  run(on: boolean): void {
    this.#running = on;
  }

  /** Call it before the packet is protected and sent. Of a picture the last packet counts. */
  sent(kind: 'audio' | 'video', { timestamp, marker }: RtpHeader): void {
    if (kind === 'audio' || marker) this.#sentAt[kind].set(timestamp, performance.now());
  }

  arrived(kind: 'audio' | 'video', packet: Buffer): void {
    const marker = ((packet[1] ?? 0) & 0x80) !== 0;
    if (!this.#running || (kind === 'video' && !marker)) return;
    const sentAt = this.#sentAt[kind].get(packet.readUInt32BE(4));
    if (sentAt === undefined || this.#delaysMs.length >= MAX_SAMPLES) return;
    this.#delaysMs.push(performance.now() - sentAt);
  }
}
