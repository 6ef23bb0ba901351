import { Counter } from './Counter.ts';
import type { MediaPath } from './MediaPath.ts';
import type { IncomingStream } from './signalling.ts';
import { TRANSPORT_CC_URI } from './streams.ts';
import { extensionUint16, TransportFeedback } from './TransportFeedback.ts';

/** As often as browsers. */
const REPORT_INTERVAL_MS = 1_000;

/** Receives all of a room's streams, counts, and reports as the negotiated feedback asks for. */
export class LeanReceiver {
  /** Called with each packet of a known stream. */
  onPacket: ((packet: Buffer, kind: IncomingStream['kind']) => void) | undefined;
  readonly #path: MediaPath;
  readonly #counters = new Map<number, { kind: IncomingStream['kind']; counter: Counter }>();
  readonly #reports: NodeJS.Timeout;
  readonly #feedback: TransportFeedback | undefined;
  readonly #feedbackId: number | undefined;
  #probes = 0;

  constructor(path: MediaPath, streams: readonly IncomingStream[]) {
    this.#path = path;
    for (const { kind, rtpParameters } of streams) {
      const ssrc = rtpParameters.encodings?.[0]?.ssrc;
      if (ssrc !== undefined) this.#counters.set(ssrc, { kind, counter: new Counter() });
    }
    this.#feedbackId = streams
      .flatMap(({ rtpParameters }) => rtpParameters.headerExtensions ?? [])
      .find(({ uri }) => uri === TRANSPORT_CC_URI)?.id;
    if (this.#feedbackId !== undefined) {
      const [ssrc = 0] = this.#counters.keys();
      this.#feedback = new TransportFeedback(ssrc, (report) => path.sendRtcp(report));
    }
    path.onRtp = (packet) => this.#receive(packet);
    this.#reports = setInterval(() => this.#report(), REPORT_INTERVAL_MS);
  }

  get packets(): number {
    return [...this.#counters.values()].reduce((sum, { counter }) => sum + counter.packets, 0);
  }

  /** Packets of none of the streams: probes of the bandwidth, and what was sent again. */
  get probes(): number {
    return this.#probes;
  }

  get lost(): number {
    return [...this.#counters.values()].reduce((sum, { counter }) => sum + counter.lost, 0);
  }

  /** Has something of every stream arrived? */
  get flowing(): boolean {
    return [...this.#counters.values()].every(({ counter }) => counter.packets > 0);
  }

  close(): void {
    clearInterval(this.#reports);
    this.#feedback?.close();
    this.#path.close();
  }

  #receive(packet: Buffer): void {
    const number = this.#feedbackId && extensionUint16(packet, this.#feedbackId);
    if (number !== undefined) this.#feedback?.arrived(number);
    const stream = this.#counters.get(packet.readUInt32BE(8));
    if (!stream) {
      this.#probes += 1;
      return;
    }
    stream.counter.count(packet.readUInt16BE(2));
    this.onPacket?.(packet, stream.kind);
  }

  /** A receiver report (RFC 3550) that says: nothing lost. */
  #report(): void {
    const report = Buffer.alloc(8 + 24 * this.#counters.size);
    report[0] = 0x80 | this.#counters.size;
    report[1] = 201;
    report.writeUInt16BE(report.length / 4 - 1, 2);
    report.writeUInt32BE(1, 4);
    let at = 8;
    for (const [ssrc, { counter }] of this.#counters) {
      report.writeUInt32BE(ssrc, at);
      report.writeUInt32BE(counter.last, at + 8);
      at += 24;
    }
    this.#path.sendRtcp(report);
  }
}
