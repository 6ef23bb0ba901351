/** More often costs the server more; Chromium's rate from 220 kbit/s on is this one. */
const INTERVAL_MS = 50;
/** One delta is 250 us in one byte: past this hole in time a new report has to begin. */
const MAX_DELTA_US = 63_750;
const TICK_US = 250;
const REFERENCE_US = 64_000;

/**
 * Transport-wide congestion feedback as a browser sends it
 * (draft-holmer-rmcat-transport-wide-cc-extensions-01), for a line that keeps order.
 */
export class TransportFeedback {
  readonly #send: (report: Buffer) => void;
  readonly #mediaSsrc: number;
  readonly #timer: NodeJS.Timeout;
  readonly #deltas: number[] = [];
  #base = 0;
  #referenceUs = 0;
  #lastUs = 0;
  #count = 0;

  constructor(mediaSsrc: number, send: (report: Buffer) => void) {
    this.#mediaSsrc = mediaSsrc;
    this.#send = send;
    this.#timer = setInterval(() => this.#flush(), INTERVAL_MS);
  }

  arrived(sequence: number): void {
    const nowUs = Math.round(performance.now() * 1000);
    const next = (this.#base + this.#deltas.length) & 0xffff;
    if (sequence !== next || nowUs - this.#lastUs > MAX_DELTA_US) this.#flush();
    if (this.#deltas.length === 0) {
      this.#base = sequence;
      this.#referenceUs = Math.floor(nowUs / REFERENCE_US) * REFERENCE_US;
      this.#lastUs = this.#referenceUs;
    }
    const ticks = Math.max(0, Math.round((nowUs - this.#lastUs) / TICK_US));
    this.#deltas.push(Math.min(ticks, 255));
    this.#lastUs += ticks * TICK_US;
  }

  close(): void {
    clearInterval(this.#timer);
  }

  #flush(): void {
    const count = this.#deltas.length;
    if (count === 0) return;
    const bytes = 22 + count;
    const report = Buffer.alloc(bytes + ((4 - (bytes % 4)) % 4));
    const padding = report.length - bytes;
    // RTPFB (205), format 15.
    report[0] = 0x8f | (padding > 0 ? 0x20 : 0);
    report[1] = 205;
    report.writeUInt16BE(report.length / 4 - 1, 2);
    report.writeUInt32BE(1, 4);
    report.writeUInt32BE(this.#mediaSsrc, 8);
    report.writeUInt16BE(this.#base, 12);
    report.writeUInt16BE(count, 14);
    report.writeUIntBE((this.#referenceUs / REFERENCE_US) & 0xffffff, 16, 3);
    report[19] = this.#count++ & 0xff;
    // One run: all of them received, with a delta of one byte.
    report.writeUInt16BE(0x2000 | count, 20);
    Buffer.from(this.#deltas).copy(report, 22);
    if (padding > 0) report[report.length - 1] = padding;
    this.#deltas.length = 0;
    this.#send(report);
  }
}

/** The value of a one-byte header extension (RFC 8285) as a 16-bit number. */
export const extensionUint16 = (packet: Buffer, id: number): number | undefined => {
  if (((packet[0] ?? 0) & 0x10) === 0) return undefined;
  let at = 12 + 4 * ((packet[0] ?? 0) & 0x0f);
  const end = at + 4 + 4 * packet.readUInt16BE(at + 2);
  at += 4;
  while (at < end) {
    const head = packet[at] ?? 0;
    if (head === 0) {
      at += 1;
      continue;
    }
    if (head >> 4 === id) return packet.readUInt16BE(at + 1);
    at += 2 + (head & 0x0f);
  }
  return undefined;
};
