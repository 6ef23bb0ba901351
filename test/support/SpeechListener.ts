import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

export interface Heard {
  readonly path: string;
  readonly authorization: string | undefined;
  readonly fields: Readonly<Record<string, readonly string[]>>;
  readonly sound: { readonly name: string; readonly type: string; readonly bytes: Buffer };
}

type Behaviour =
  { readonly status: number; readonly body?: string; readonly location?: string } | 'hang';

/** A speech service on this machine that does what the test says, and remembers what it was given. */
export class SpeechListener {
  readonly heard: Heard[] = [];
  /** The next answers; the last goes on for ever. */
  behaviours: Behaviour[] = [];
  readonly #server: Server;

  static async open(): Promise<SpeechListener> {
    const listener = new SpeechListener();
    listener.#server.listen(0, '127.0.0.1');
    await once(listener.#server, 'listening');
    return listener;
  }

  private constructor() {
    this.#server = createServer((request, response) => void this.#answer(request, response));
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/v1`;
  }

  says(transcription: object): void {
    this.behaviours = [{ status: 200, body: JSON.stringify(transcription) }];
  }

  /** Those that hang get no answer any more. */
  hangUp(): void {
    this.#server.closeAllConnections();
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    this.heard.push(await this.#hear(request));
    const behaviour = this.behaviours.length > 1 ? this.behaviours.shift() : this.behaviours[0];
    if (behaviour === 'hang' || behaviour === undefined) return;
    const { status, body = '', location } = behaviour;
    response.writeHead(status, {
      'content-type': 'application/json',
      ...(location !== undefined && { location }),
    });
    response.end(body);
  }

  async #hear(request: IncomingMessage): Promise<Heard> {
    const form = await new Response(new Uint8Array(await buffer(request)), {
      headers: { 'content-type': request.headers['content-type'] ?? '' },
    }).formData();
    const file = form.get('file');
    if (!(file instanceof File)) throw new Error('no file was given');
    const names = [...form.keys()].filter((name) => name !== 'file');
    return {
      path: request.url ?? '',
      authorization: request.headers.authorization,
      fields: Object.fromEntries(names.map((name) => [name, form.getAll(name).map(String)])),
      sound: { name: file.name, type: file.type, bytes: Buffer.from(await file.arrayBuffer()) },
    };
  }
}
