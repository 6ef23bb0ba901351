import { once } from 'node:events';
import { WebSocket } from 'ws';
import type { ServerFrame } from '../../../server/protocol/envelope.ts';

interface Waiting {
  readonly resolve: (data: unknown) => void;
  readonly reject: (error: Error) => void;
}

/** The wire, without anything that a client does not need to be counted as one. */
export class LeanSocket {
  /** Called for each request of the server; it is answered with "ok" at once. */
  onRequest: (method: string, data: unknown) => void = () => {};
  readonly #socket: WebSocket;
  readonly #waiting = new Map<number, Waiting>();
  #nextId = 1;

  static async open(url: string): Promise<LeanSocket> {
    const socket = new WebSocket(url, { perMessageDeflate: false });
    await once(socket, 'open');
    return new LeanSocket(socket);
  }

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.on('message', (text: Buffer) => this.#receive(text));
    socket.once('close', (code) => {
      for (const { reject } of this.#waiting.values()) reject(new Error(`Closed with ${code}`));
      this.#waiting.clear();
    });
  }

  request(method: string, data: object): Promise<unknown> {
    const id = this.#nextId++;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#socket.send(JSON.stringify({ request: true, id, method, data }));
    });
  }

  /** Asks the same again and again, until closed. */
  repeat(method: string, everyMs: number): void {
    const timer = setInterval(() => {
      this.request(method, {}).catch(() => {});
    }, everyMs);
    this.#socket.once('close', () => clearInterval(timer));
  }

  close(): void {
    this.#socket.close(1000);
  }

  #receive(text: Buffer): void {
    // News of the room: not looked into.
    if (text.includes('"notification":true')) return;
    const frame = JSON.parse(text.toString()) as ServerFrame;
    if ('request' in frame) {
      this.onRequest(frame.method, frame.data);
      this.#socket.send(JSON.stringify({ response: true, id: frame.id, ok: true, data: {} }));
    } else if ('response' in frame) {
      const waiting = this.#waiting.get(frame.id);
      this.#waiting.delete(frame.id);
      if (frame.ok) waiting?.resolve(frame.data);
      else waiting?.reject(new Error(`${frame.errorReason}: ${frame.detail ?? ''}`));
    }
  }
}
