import { once } from 'node:events';
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { Agent, createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import type { PushMessage } from '../../server/protocol/push.ts';
import type { PushNetwork } from '../../server/push/createPush.ts';
import { PushBrowser } from './PushBrowser.ts';
import { selfSigned } from './selfSigned.ts';
import { waitFor } from './waitFor.ts';

/** What our server has sent to somebody's browser. */
export interface Pushed {
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** A push service over real TLS, on loopback; the browsers it serves read what came for them. */
export class PushService {
  readonly #server: Server;
  readonly #certificate: string;
  readonly #pushed = new Map<string, Pushed[]>();
  /** What it answers with, by path; else 201. */
  readonly #answers = new Map<string, number | 'silence'>();
  #connections = 0;
  #browsers = 0;

  static async open(): Promise<PushService> {
    const { key, cert } = await selfSigned();
    const service = new PushService(createServer({ key, cert }), cert);
    service.#server.listen(0, '127.0.0.1');
    await once(service.#server, 'listening');
    return service;
  }

  private constructor(server: Server, certificate: string) {
    this.#server = server;
    this.#certificate = certificate;
    server.on('connection', () => (this.#connections += 1));
    server.on('request', (request, response) => void this.#take(request, response));
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  get origin(): string {
    return `https://localhost:${this.port}`;
  }

  /** However far they came. */
  get connections(): number {
    return this.#connections;
  }

  /** In which this service is on the internet, and trusted. */
  get network(): PushNetwork {
    const agent = new Agent({ ca: this.#certificate });
    return { agent, isPublic: (hostname) => Promise.resolve(hostname === 'localhost') };
  }

  /** One more browser that subscribes here. */
  browser(): PushBrowser {
    this.#browsers += 1;
    return new PushBrowser(`${this.origin}/push/${this.#browsers}`);
  }

  answer(browser: PushBrowser, status: number | 'silence'): void {
    this.#answers.set(browser.path, status);
  }

  /** All that came for it, oldest first. */
  pushed({ path }: PushBrowser): readonly Pushed[] {
    return this.#pushed.get(path) ?? [];
  }

  /** What it was told, once there is so much. */
  async messages(browser: PushBrowser, count: number): Promise<PushMessage[]> {
    const pushed = await waitFor(
      `${count} messages are there`,
      () => this.pushed(browser),
      ({ length }) => length >= count,
    );
    return pushed.map(({ body }) => JSON.parse(browser.decrypt(body)) as PushMessage);
  }

  async close(): Promise<void> {
    this.#server.close();
    this.#server.closeAllConnections();
    await once(this.#server, 'close');
  }

  async #take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { url: path = '', headers } = request;
    const pushed = { headers, body: await buffer(request) };
    this.#pushed.set(path, [...(this.#pushed.get(path) ?? []), pushed]);
    const answer = this.#answers.get(path) ?? 201;
    if (answer === 'silence') return;
    response.writeHead(answer, { location: `${this.origin}/elsewhere` }).end();
  }
}
