import type { types } from 'mediasoup';

const NTP_EPOCH_S = 2_208_988_800;

interface Packet {
  readonly ssrc: number;
  readonly sequence: number;
  readonly timestamp: number;
  readonly payloadType: number;
  readonly payload: Buffer;
}

/** Somebody who sends from within this process: every byte, loss and report as the test says. */
export class DirectSender {
  readonly #transport: types.DirectTransport;
  /** SSRC of each whole picture that was asked for (RFC 4585, PLI). */
  readonly keyFrameRequests: number[] = [];

  static async create(router: types.Router): Promise<DirectSender> {
    return new DirectSender(await router.createDirectTransport());
  }

  private constructor(transport: types.DirectTransport) {
    this.#transport = transport;
    transport.on('rtcp', (rtcp) => {
      for (let at = 0; at < rtcp.length; at += 4 * (rtcp.readUInt16BE(at + 2) + 1)) {
        const isPli = rtcp[at + 1] === 206 && (rtcp[at]! & 0x1f) === 1;
        if (isPli) this.keyFrameRequests.push(rtcp.readUInt32BE(at + 8));
      }
    });
  }

  produce(rtpParameters: types.RtpParameters): Promise<types.Producer> {
    const kind = rtpParameters.codecs[0]!.mimeType.startsWith('audio') ? 'audio' : 'video';
    return this.#transport.produce({ kind, rtpParameters });
  }

  /** At `ntpMs` of the sender's clock, in milliseconds since 1970, the stream was at `timestamp`. */
  report(ssrc: number, ntpMs: number, timestamp: number): void {
    const report = Buffer.alloc(28);
    report.writeUInt8(0x80, 0);
    report.writeUInt8(200, 1);
    report.writeUInt16BE(6, 2);
    report.writeUInt32BE(ssrc, 4);
    report.writeUInt32BE(Math.floor(ntpMs / 1000) + NTP_EPOCH_S, 8);
    report.writeUInt32BE(Math.floor(((ntpMs % 1000) / 1000) * 2 ** 32), 12);
    report.writeUInt32BE(timestamp >>> 0, 16);
    this.#transport.sendRtcp(report);
  }

  close(): void {
    this.#transport.close();
  }
}

export const rtpOf = ({ ssrc, sequence, timestamp, payloadType, payload }: Packet): Buffer => {
  const header = Buffer.alloc(12);
  header[0] = 0x80;
  header[1] = 0x80 | payloadType;
  header.writeUInt16BE(sequence & 0xffff, 2);
  header.writeUInt32BE(timestamp >>> 0, 4);
  header.writeUInt32BE(ssrc, 8);
  return Buffer.concat([header, payload]);
};

/** A picture in one packet: enough VP8 (RFC 7741) to tell a whole one from the others. */
export const vp8Picture = (isKeyFrame: boolean, mark: number): Buffer => {
  const payload = Buffer.alloc(40, mark);
  payload[0] = 0x10;
  payload[1] = isKeyFrame ? 0 : 1;
  return payload;
};
