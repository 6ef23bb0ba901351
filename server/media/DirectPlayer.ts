import { randomInt } from 'node:crypto';
import type { types } from 'mediasoup';
import type { Clock } from '../base/Clock.ts';
import type { Player, Sound } from '../rooms/MediaRoom.ts';

const PAYLOAD_TYPE = 100;
const FRAME_MS = 20;
/** Opus counts in 48 kHz (RFC 7587). */
const FRAME_TICKS = 960;
/** Looks more often than a frame is long: a clock that is late sends two. */
const LOOK_EVERY_MS = 10;
const RTP_VERSION = 0x80;
const MARKER = 0x80;
const HEADER_BYTES = 12;

/** A producer whose packets come from this process: sounds, in real time. */
export class DirectPlayer implements Player {
  readonly producer: types.Producer;
  readonly #clock: Clock;
  readonly #ssrc: number;
  #sequence = randomInt(0x10000);
  #timestamp = randomInt(0x100000000);
  #endedAtMs: number | undefined;
  #closed = false;
  #stop: (() => void) | undefined;

  static async create(transport: types.DirectTransport, clock: Clock): Promise<DirectPlayer> {
    const ssrc = randomInt(1, 0x100000000);
    const producer = await transport.produce({
      kind: 'audio',
      rtpParameters: {
        codecs: [
          {
            mimeType: 'audio/opus',
            payloadType: PAYLOAD_TYPE,
            clockRate: 48_000,
            channels: 2,
            parameters: { useinbandfec: 0 },
          },
        ],
        encodings: [{ ssrc }],
      },
    });
    return new DirectPlayer(producer, ssrc, clock);
  }

  private constructor(producer: types.Producer, ssrc: number, clock: Clock) {
    this.producer = producer;
    this.#ssrc = ssrc;
    this.#clock = clock;
    producer.observer.once('close', () => this.close());
  }

  play(sound: Sound): Promise<void> {
    this.#stop?.();
    if (this.#closed) return Promise.resolve();
    const startedAtMs = this.#clock.elapsed();
    this.#passTime(startedAtMs);
    let sent = 0;
    return new Promise((resolve) => {
      const end = (): void => {
        cancel();
        this.#stop = undefined;
        this.#endedAtMs = this.#clock.elapsed();
        resolve();
      };
      const sendDue = (): void => {
        const due = (this.#clock.elapsed() - startedAtMs) / FRAME_MS;
        for (; sent < sound.length && sent <= due; sent += 1) this.#send(sound[sent], sent === 0);
        // The last one takes its time, too.
        if (due >= sound.length) end();
      };
      const cancel = this.#clock.every(LOOK_EVERY_MS, sendDue);
      this.#stop = end;
      sendDue();
    });
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#stop?.();
    this.producer.close();
  }

  /** Between two sounds the clock of the stream goes on. */
  #passTime(nowMs: number): void {
    if (this.#endedAtMs === undefined) return;
    const frames = Math.round((nowMs - this.#endedAtMs) / FRAME_MS);
    this.#timestamp = (this.#timestamp + frames * FRAME_TICKS) >>> 0;
  }

  #send(payload: Buffer | undefined, first: boolean): void {
    if (!payload || this.producer.closed) return;
    const packet = Buffer.allocUnsafe(HEADER_BYTES + payload.length);
    packet[0] = RTP_VERSION;
    packet[1] = PAYLOAD_TYPE | (first ? MARKER : 0);
    packet.writeUInt16BE(this.#sequence, 2);
    packet.writeUInt32BE(this.#timestamp, 4);
    packet.writeUInt32BE(this.#ssrc, 8);
    payload.copy(packet, HEADER_BYTES);
    this.producer.send(packet);
    this.#sequence = (this.#sequence + 1) & 0xffff;
    this.#timestamp = (this.#timestamp + FRAME_TICKS) >>> 0;
  }
}
