import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Provider, type ClientMetadata, type Configuration } from 'oidc-provider';
import type { OpenIdConfig } from '../../server/config.ts';

/** What the provider knows of somebody, by what they type as their login. */
export type KnownPeople = Record<string, Record<string, string>>;

const CLIENT = { clientId: 'roomtone', clientSecret: 'a secret: with / signs & 50% more' };

/** A real provider of OpenID Connect, with pages to sign in and to consent, on loopback. */
export class LoginProvider {
  /** Changes as people do who are known there. */
  readonly people: KnownPeople;
  readonly port: number;
  #server: Server | undefined;
  #provider: RequestListener = () => {};
  #instead: RequestListener | undefined;

  /** Listens nowhere yet, but knows where it will. */
  static async create(people: KnownPeople = {}): Promise<LoginProvider> {
    const server = createServer();
    const port = await listen(server, 0);
    await close(server);
    return new LoginProvider(people, port);
  }

  private constructor(people: KnownPeople, port: number) {
    this.people = people;
    this.port = port;
  }

  get issuer(): string {
    return `http://localhost:${this.port}`;
  }

  /** As our server is told of it. */
  get config(): OpenIdConfig {
    return { ...CLIENT, issuer: this.issuer, name: 'Staff' };
  }

  /** `url`: of our server. */
  async start(
    url: string,
    { client, ...configuration }: Configuration & { client?: Partial<ClientMetadata> } = {},
  ): Promise<void> {
    const provider = new Provider(this.issuer, {
      clients: [
        {
          client_id: CLIENT.clientId,
          client_secret: CLIENT.clientSecret,
          redirect_uris: [`${url}/api/v1/openid/callback`],
          ...client,
        },
      ],
      pkce: { required: () => true },
      claims: { openid: ['sub'], profile: ['name', 'preferred_username'], email: ['email'] },
      findAccount: (_, id) => ({ accountId: id, claims: () => ({ ...this.people[id], sub: id }) }),
      cookies: { keys: ['of cookies'] },
      ...configuration,
    });
    // Its pages end with an error of ours where they ought to, and not in our output.
    provider.on('server_error', () => {});
    const answer = provider.callback();
    this.#provider = (request, response) => void answer(request, response);
    await this.resume();
  }

  async resume(): Promise<void> {
    this.#server = createServer((request, response) =>
      (this.#instead ?? this.#provider)(request, response),
    );
    await listen(this.#server, this.port);
  }

  /** Whoever asks is refused the connection. */
  async stop(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    if (server) await close(server);
  }

  /** Something else that answers; it can hand on to `asUsual`. */
  answerWith(answer: (asUsual: RequestListener) => RequestListener): void {
    this.#instead = answer(this.#provider);
  }
}

const listen = async (server: Server, port: number): Promise<number> => {
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
};

const close = async (server: Server): Promise<void> => {
  server.close();
  server.closeAllConnections();
  await once(server, 'close');
};
