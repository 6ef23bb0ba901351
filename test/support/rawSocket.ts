import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

const OPENING = {
  Upgrade: 'websocket',
  Connection: 'Upgrade',
  'Sec-WebSocket-Key': 'dGhlIHNhbXBsZSBub25jZQ==',
  'Sec-WebSocket-Version': '13',
};

/** An upgrade written by hand. `undefined` leaves a header out. */
export interface Opening {
  readonly method?: string;
  readonly path?: string;
  readonly headers?: Record<string, string | undefined>;
  /** As they are, after the others. */
  readonly lines?: readonly string[];
}

/** A TCP connection that has asked for an upgrade and then says any bytes it likes. */
export class RawSocket {
  readonly #socket: Socket;
  readonly #ended: Promise<unknown>;
  #received = Buffer.alloc(0);

  /** Resolves with the head of the answer. */
  static async open(
    url: string,
    { method = 'GET', path = '/api/v1/signaling', headers = {}, lines = [] }: Opening = {},
  ): Promise<{ raw: RawSocket; status: number; head: string }> {
    const { hostname, port } = new URL(url);
    const socket = connect(Number(port), hostname);
    const raw = new RawSocket(socket);
    const asked = Object.entries({ Host: `${hostname}:${port}`, ...OPENING, ...headers })
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => `${name}: ${value}`);
    raw.write([`${method} ${path} HTTP/1.1`, ...asked, ...lines, '', ''].join('\r\n'));
    const head = await raw.#head();
    return { raw, status: Number(head.split(' ')[1]), head };
  }

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.on('data', (data) => {
      this.#received = Buffer.concat([this.#received, data]);
    });
    socket.on('error', () => undefined);
    this.#ended = new Promise((resolve) => socket.once('close', resolve));
  }

  write(bytes: string | Uint8Array): void {
    this.#socket.write(bytes);
  }

  /** The close code of the server, or 1006 when it just hung up. */
  async closeCode(): Promise<number> {
    const closing = new Promise<void>((resolve) => {
      this.#socket.on('data', () => {
        if (this.#closeFrame() !== undefined) resolve();
      });
    });
    if (this.#closeFrame() === undefined) await Promise.race([closing, this.#ended]);
    const code = this.#closeFrame() ?? 1006;
    this.#socket.destroy();
    return code;
  }

  /** Resolves with the first text message. */
  async message(): Promise<string> {
    for (;;) {
      const frame = this.#frames().find(({ opcode }) => opcode === 1);
      if (frame) return frame.payload.toString('utf8');
      await Promise.race([once(this.#socket, 'data'), this.#ended]);
      if (this.#socket.destroyed) throw new Error('hung up');
    }
  }

  destroy(): void {
    this.#socket.destroy();
  }

  async #head(): Promise<string> {
    for (;;) {
      const end = this.#received.indexOf('\r\n\r\n');
      if (end >= 0) {
        const head = this.#received.subarray(0, end).toString('latin1');
        this.#received = this.#received.subarray(end + 4);
        return head;
      }
      if (this.#socket.destroyed) throw new Error('hung up without an answer');
      await Promise.race([once(this.#socket, 'data'), this.#ended]);
    }
  }

  #closeFrame(): number | undefined {
    const frame = this.#frames().find(({ opcode }) => opcode === 8);
    return frame && (frame.payload.length < 2 ? 1005 : frame.payload.readUInt16BE(0));
  }

  /** The server's frames so far: whole, unmasked, shorter than 64 KiB. */
  #frames(): { opcode: number; payload: Buffer }[] {
    const frames: { opcode: number; payload: Buffer }[] = [];
    const bytes = this.#received;
    for (let at = 0; at + 2 <= bytes.length;) {
      const short = bytes[at + 1]! & 0x7f;
      const start = short === 126 ? at + 4 : at + 2;
      if (start > bytes.length) break;
      const length = short === 126 ? bytes.readUInt16BE(at + 2) : short;
      if (start + length > bytes.length) break;
      frames.push({
        opcode: bytes[at]! & 0x0f,
        payload: bytes.subarray(start, start + length),
      });
      at = start + length;
    }
    return frames;
  }
}

/** One masked frame of a client. `first` is the first byte: FIN, reserved bits, opcode. */
export const maskedFrame = (first: number, payload: string | Buffer): Buffer => {
  const body = Buffer.from(payload);
  const mask = Buffer.from([1, 2, 3, 4]);
  const long = body.length > 125;
  const head = Buffer.alloc(long ? 4 : 2);
  head[0] = first;
  head[1] = 0x80 | (long ? 126 : body.length);
  if (long) head.writeUInt16BE(body.length, 2);
  return Buffer.concat([head, mask, body.map((byte, index) => byte ^ mask[index % 4]!)]);
};
