import { randomBytes } from 'node:crypto';
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { SrtpSession, type RtpHeader } from 'werift';

/** From one client straight to the others over the loopback address: SRTP, and nobody in between. */
export class DirectPaths {
  readonly #pairs: readonly { readonly from: Socket; readonly to: Socket }[];
  readonly #srtp = new SrtpSession({
    profile: 0x0007,
    keys: {
      localMasterKey: randomBytes(16),
      localMasterSalt: randomBytes(12),
      remoteMasterKey: randomBytes(16),
      remoteMasterSalt: randomBytes(12),
    },
  });

  static async open(receivers: number, onPacket: (packet: Buffer) => void): Promise<DirectPaths> {
    const pairs = await Promise.all(
      Array.from({ length: receivers }, async () => {
        const to = createSocket('udp4', onPacket);
        to.bind(0, '127.0.0.1');
        await once(to, 'listening');
        const from = createSocket('udp4');
        from.connect(to.address().port, '127.0.0.1');
        await once(from, 'connect');
        return { from, to };
      }),
    );
    return new DirectPaths(pairs);
  }

  private constructor(pairs: readonly { from: Socket; to: Socket }[]) {
    this.#pairs = pairs;
  }

  /** Protects it for each receiver, as each would have keys of its own. */
  send(header: RtpHeader, payload: Buffer): void {
    for (const { from } of this.#pairs) from.send(this.#srtp.encrypt(payload, header));
  }

  close(): void {
    for (const { from, to } of this.#pairs) {
      from.close();
      to.close();
    }
  }
}
