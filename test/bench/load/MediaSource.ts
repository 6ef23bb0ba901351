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
const DESCRIPTOR_BYTES = 4;
const PACKET_BYTES = VIDEO.bytes - DESCRIPTOR_BYTES;

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

/**
 * One person's microphone and camera as packets of the usual sizes at the usual times: noise inside,
 * or the given VP8 frames and Opus packets over and over.
 */
export class MediaSource {
  readonly #send: (packet: SyntheticPacket) => void;
  readonly #frames: readonly Buffer[];
  readonly #sounds: readonly Buffer[];
  #timer: NodeJS.Timeout | undefined;
  #startedAt = 0;
  #audioDue = 0;
  #videoDue = 0;
  #audioSequence = 0;
  #videoSequence = 0;
  #frame = 0;

  constructor(
    send: (packet: SyntheticPacket) => void,
    frames: readonly Buffer[] = noiseFrames(),
    sounds: readonly Buffer[] = [randomBytes(AUDIO.bytes)],
  ) {
    this.#send = send;
    this.#frames = frames;
    this.#sounds = sounds;
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
    const payload = this.#sounds[sequence % this.#sounds.length] ?? Buffer.alloc(0);
    this.#send({ header, payload, kind: 'audio' });
  }

  #show(): void {
    const count = this.#frame++;
    const frame = this.#frames[count % this.#frames.length] ?? Buffer.alloc(0);
    for (let at = 0; at < frame.length; at += PACKET_BYTES) {
      const header = new RtpHeader({
        ...head('video'),
        sequenceNumber: this.#videoSequence++ & 0xffff,
        timestamp: (count * VIDEO.ticks) >>> 0,
        marker: at + PACKET_BYTES >= frame.length,
      });
      const part = frame.subarray(at, at + PACKET_BYTES);
      const payload = Buffer.concat([payloadDescriptor(count, at === 0), part]);
      this.#send({ header, payload, kind: 'video' });
    }
  }
}

/** VP8's payload descriptor (RFC 7741) with a 15-bit picture id. */
const payloadDescriptor = (frame: number, first: boolean): Buffer => {
  const id = 0x8000 | (frame & 0x7fff);
  return Buffer.from([first ? 0x90 : 0x80, 0x80, id >> 8, id & 0xff]);
};

/** A second of noise with the headers of VP8 frames, the first one a key frame. */
const noiseFrames = (): Buffer[] =>
  Array.from({ length: KEY_FRAME_EVERY }, (_, index) => {
    const frame = randomBytes(PACKET_BYTES * VIDEO.packets);
    frame.set(index === 0 ? [0x10, 0, 0, 0x9d, 0x01, 0x2a, 0x80, 0x02, 0x68, 0x01] : [0x11, 0, 0]);
    return frame;
  });

const head = (kind: 'audio' | 'video'): Partial<RtpHeader> => {
  const stream = published.find((candidate) => candidate.kind === kind);
  return {
    version: 2,
    payloadType: stream?.rtpParameters.codecs[0]?.payloadType ?? 0,
    ssrc: stream?.rtpParameters.encodings?.[0]?.ssrc ?? 0,
  };
};
