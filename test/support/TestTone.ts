import { randomInt } from 'node:crypto';
import type { types } from 'mediasoup';
import { opus } from './rtp.ts';

const LEVEL_EXTENSION_ID = 1;
const PACKET_MS = 20;

/**
 * A voice that comes out of the router itself: real RTP packets that say how loud they are (RFC
 * 6464), without a browser, ICE or DTLS.
 */
export class TestTone {
  readonly producer: types.Producer;
  readonly #transport: types.DirectTransport;
  readonly #ssrc: number;
  readonly #timer: NodeJS.Timeout;
  #sequence = randomInt(0x8000);

  static async create(router: types.Router): Promise<TestTone> {
    const transport = await router.createDirectTransport();
    const rtpParameters = {
      ...opus(),
      headerExtensions: [
        { uri: 'urn:ietf:params:rtp-hdrext:ssrc-audio-level', id: LEVEL_EXTENSION_ID } as const,
      ],
    };
    const producer = await transport.produce({ kind: 'audio', rtpParameters });
    return new TestTone(transport, producer);
  }

  private constructor(transport: types.DirectTransport, producer: types.Producer) {
    this.#transport = transport;
    this.producer = producer;
    this.#ssrc = producer.rtpParameters.encodings![0]!.ssrc!;
    this.#timer = setInterval(() => this.producer.send(this.#packet()), PACKET_MS);
  }

  close(): void {
    clearInterval(this.#timer);
    this.#transport.close();
  }

  #packet(): Buffer {
    const packet = Buffer.alloc(24 + 3);
    packet[0] = 0x90;
    packet[1] = 111;
    packet.writeUInt16BE(this.#sequence & 0xffff, 2);
    packet.writeUInt32BE((this.#sequence * 960) >>> 0, 4);
    packet.writeUInt32BE(this.#ssrc, 8);
    packet.writeUInt16BE(0xbede, 12);
    packet.writeUInt16BE(1, 14);
    // One byte of level: voice, 10 dB below overload.
    packet[16] = (LEVEL_EXTENSION_ID << 4) | 0;
    packet[17] = 0x80 | 10;
    packet.fill(0xfc, 20);
    this.#sequence += 1;
    return packet;
  }
}
