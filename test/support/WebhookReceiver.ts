import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { Agent, createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { WebhookNetwork } from '../../server/webhooks/createWebhooks.ts';
import { selfSigned } from './selfSigned.ts';
import { waitFor } from './waitFor.ts';

export interface Received {
  readonly path: string;
  readonly headers: Record<string, string>;
  readonly body: string;
  /** `{ type, timestamp, data }`. */
  readonly event: {
    type: string;
    timestamp: string;
    data: Record<string, Record<string, unknown>>;
  };
}

/** Somebody else's program over real TLS, on loopback. */
export class WebhookReceiver {
  /** Oldest first, whatever was answered. */
  readonly received: Received[] = [];
  /** To the next requests, in order; then 204. */
  readonly answers: (number | 'silence')[] = [];
  readonly #server: Server;
  readonly #certificate: string;

  static async open(): Promise<WebhookReceiver> {
    const { key, cert } = await selfSigned();
    const receiver = new WebhookReceiver(createServer({ key, cert }), cert);
    receiver.#server.listen(0, '127.0.0.1');
    await once(receiver.#server, 'listening');
    return receiver;
  }

  private constructor(server: Server, certificate: string) {
    this.#server = server;
    this.#certificate = certificate;
    server.on('request', (request, response) => void this.#take(request, response));
  }

  get url(): string {
    return `https://localhost:${(this.#server.address() as AddressInfo).port}/hook`;
  }

  /** In which it is on the internet, and trusted. */
  get network(): WebhookNetwork {
    const agent = new Agent({ ca: this.#certificate });
    const isPublic = (hostname: string) => Promise.resolve(hostname === 'localhost');
    return { agent, isPublic, timeoutMs: 500 };
  }

  get types(): string[] {
    return this.received.map(({ event }) => event.type);
  }

  /** Once there are so many. `meanwhile`: done before each look. */
  until(count: number, meanwhile: () => void = () => undefined): Promise<readonly Received[]> {
    return waitFor(
      `${count} were received`,
      () => {
        meanwhile();
        return this.received;
      },
      ({ length }) => length >= count,
      { timeoutMs: 20_000 },
    );
  }

  async close(): Promise<void> {
    this.#server.close();
    this.#server.closeAllConnections();
    await once(this.#server, 'close');
  }

  async #take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await text(request);
    const headers = request.headers as Record<string, string>;
    const event = JSON.parse(body) as Received['event'];
    this.received.push({ path: request.url ?? '', headers, body, event });
    const answer = this.answers.shift() ?? 204;
    if (answer === 'silence') return;
    response.writeHead(answer, { location: `${this.url}/elsewhere` }).end();
  }
}
