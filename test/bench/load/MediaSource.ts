import { randomBytes } from 'node:crypto';
import { RtpHeader } from 'werift';
import { AUDIO_LEVEL_ID, published } from './streams.ts';

/** Opus at 32 kbit/s in packets of 20 ms. */
const AUDIO = { everyMs: 20, bytes: 80, ticks: 960 } as const;
/** VP8 640x360 at 25 fps and 500 kbit/s: 2,500 bytes a frame, in packets of equal size. */
const VIDEO = { everyMs: 40, packets: 3, bytes: 833, ticks: 3_600 } as const;
/** Whoever comes in waits for one. They are not larger here, so that each second costs the same. */
const KEY_FRAME_EVERY = 25;
const TICK_MS = 5;

/** Bytes of a packet without SRTP's own, and how many of each go out in a second. */
export const packetMix = [
  { bytes: AUDIO.bytes + 20, perSecond: 1000 / AUDIO.everyMs },
  { bytes: VIDEO.bytes + 12, perSecond: (1000 / VIDEO.everyMs) * VIDEO.packets },
] as const;

export interface SyntheticPacket {
  readonly header: RtpHeader;
  readonly payload: Buffer;
  readonly kind: 'audio' | 'video';
}

/** One person's microphone and camera as packets of the usual sizes at the usual times, noise inside. */
export class MediaSource {
  readonly #send: (packet: SyntheticPacket) => void;
  readonly #audioNoise = randomBytes(AUDIO.bytes);
  readonly #videoNoise = randomBytes(VIDEO.bytes);
  #timer: NodeJS.Timeout | undefined;
  #startedAt = 0;
  #audioDue = 0;
  #videoDue = 0;
  #audioSequence = 0;
  #videoSequence = 0;
  #frame = 0;

  constructor(send: (packet: SyntheticPacket) => void) {
    this.#send = send;
  }

  start(): void {
    this.stop();
    this.#startedAt = performance.now();
    this.#audioDue = 0;
    this.#videoDue = 0;
    this.#timer = setInterval(() => this.#tick(), TICK_MS);
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  #tick(): void {
    const elapsedMs = performance.now() - this.#startedAt;
    for (; this.#audioDue <= elapsedMs; this.#audioDue += AUDIO.everyMs) this.#speak();
    for (; this.#videoDue <= elapsedMs; this.#videoDue += VIDEO.everyMs) this.#show();
  }

  #speak(): void {
    const sequence = this.#audioSequence++;
    const loudness = 20 + (sequence % 25);
    const header = new RtpHeader({
      ...head('audio'),
      sequenceNumber: sequence & 0xffff,
      timestamp: (sequence * AUDIO.ticks) >>> 0,
      extension: true,
      extensionProfile: 0xbede,
      extensions: [{ id: AUDIO_LEVEL_ID, payload: Buffer.from([0x80 | loudness]) }],
    });
    this.#send({ header, payload: this.#audioNoise, kind: 'audio' });
  }

  #show(): void {
    const frame = this.#frame++;
    for (let index = 0; index < VIDEO.packets; index += 1) {
      const header = new RtpHeader({
        ...head('video'),
        sequenceNumber: this.#videoSequence++ & 0xffff,
        timestamp: (frame * VIDEO.ticks) >>> 0,
        marker: index === VIDEO.packets - 1,
      });
      this.#send({ header, payload: this.#picture(frame, index === 0), kind: 'video' });
    }
  }

  /** VP8's payload descriptor with a 15-bit picture id, and on a frame's first packet its header. */
  #picture(frame: number, first: boolean): Buffer {
    const payload = Buffer.from(this.#videoNoise);
    payload[0] = first ? 0x90 : 0x80;
    payload[1] = 0x80;
    payload.writeUInt16BE(0x8000 | (frame & 0x7fff), 2);
    if (!first) return payload;
    const isKey = frame % KEY_FRAME_EVERY === 0;
    Buffer.from(isKey ? [0x10, 0, 0, 0x9d, 0x01, 0x2a, 0x80, 0x02, 0x68, 0x01] : [0x11, 0, 0]).copy(
      payload,
      4,
    );
    return payload;
  }
}

const head = (kind: 'audio' | 'video'): Partial<RtpHeader> => {
  const stream = published.find((candidate) => candidate.kind === kind);
  return {
    version: 2,
    payloadType: stream?.rtpParameters.codecs[0]?.payloadType ?? 0,
    ssrc: stream?.rtpParameters.encodings?.[0]?.ssrc ?? 0,
  };
};
