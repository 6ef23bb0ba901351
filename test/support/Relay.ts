import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** A line to a server that can be cut. */
export class Relay {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  #cut = false;

  /** Listens on a free port of localhost and hands on to the server at `url`. */
  static async before(url: string): Promise<Relay> {
    const { hostname, port } = new URL(url);
    const relay = new Relay(hostname, Number(port));
    relay.#server.listen(0, 'localhost');
    await once(relay.#server, 'listening');
    return relay;
  }

  private constructor(host: string, port: number) {
    this.#server = createServer((near) => {
      if (this.#cut) {
        near.resetAndDestroy();
        return;
      }
      const far = connect(port, host);
      this.#join(near, far);
      this.#join(far, near);
    });
  }

  get url(): string {
    return `http://localhost:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Ends every connection and takes no new one. */
  cut(): void {
    this.#cut = true;
    for (const socket of this.#sockets) socket.resetAndDestroy();
  }

  mend(): void {
    this.#cut = false;
  }

  async close(): Promise<void> {
    this.cut();
    this.#server.close();
    await once(this.#server, 'close');
  }

  #join(from: Socket, to: Socket): void {
    this.#sockets.add(from);
    from.on('error', () => to.destroy());
    from.on('close', () => {
      this.#sockets.delete(from);
      to.destroy();
    });
    from.pipe(to);
  }
}
