import type { CallState } from '../../server/protocol/calls.ts';
import type { User } from '../../server/protocol/people.ts';
import type { NotificationData } from '../../server/protocol/signaling.ts';
import { RawClient } from './rawClient.ts';

const PASSWORD = 'correct horse battery';

interface Server {
  readonly url: string;
  readonly adminKey: string;
}

/** Somebody with an account who is signed in in one browser, without the browser. */
export class Somebody {
  readonly name: string;
  readonly cookie: string;
  readonly #server: Server;

  /** Makes the account. */
  static async create(server: Server, name: string): Promise<Somebody> {
    const response = await fetch(`${server.url}/api/v1/users`, {
      method: 'POST',
      headers: { authorization: `Bearer ${server.adminKey}`, 'content-type': 'application/json' },
      body: JSON.stringify({ name, displayName: nameOf(name), password: PASSWORD }),
    });
    if (response.status !== 201) throw new Error(`no account: ${await response.text()}`);
    return Somebody.signIn(server, name);
  }

  /** In one more browser. */
  static async signIn(server: Server, name: string, password = PASSWORD): Promise<Somebody> {
    const response = await fetch(`${server.url}/api/v1/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ userName: name, password }),
    });
    const cookie = response.headers.getSetCookie()[0]?.split(';')[0];
    if (cookie === undefined) throw new Error(`not signed in: ${await response.text()}`);
    return new Somebody(server, name, cookie);
  }

  private constructor(server: Server, name: string, cookie: string) {
    this.#server = server;
    this.name = name;
    this.cookie = cookie;
  }

  /** The same browser, where the server is now. */
  at(server: Server): Somebody {
    return new Somebody(server, this.name, this.cookie);
  }

  /** Over REST, with the cookie. */
  async rest(method: string, path: string, body?: object): Promise<Response> {
    return fetch(`${this.#server.url}/api/v1${path}`, {
      method,
      headers: { cookie: this.cookie, ...(body && { 'content-type': 'application/json' }) },
      ...(body && { body: JSON.stringify(body) }),
    });
  }

  async read<T>(path: string): Promise<T> {
    return (await (await this.rest('GET', path)).json()) as T;
  }

  async set(settings: Partial<User['settings']>): Promise<void> {
    const response = await this.rest('PATCH', '/users/me', { settings });
    if (!response.ok) throw new Error(await response.text());
  }

  /** A page that is open, and can be called. */
  async page(): Promise<RawClient> {
    const client = await RawClient.open(this.#server.url, { cookie: this.cookie });
    await client.request('register', { active: true });
    return client;
  }
}

const nameOf = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);

type Matches = (call: CallState) => boolean;

/** The next thing that a page hears of calls and that matches. */
export const heardCall = (
  page: RawClient,
  matches: Matches,
): Promise<NotificationData<'callChanged'>> => page.told('callChanged', matches);

export const rings: Matches = ({ state }) => state === 'ringing';
export const isActive: Matches = ({ state }) => state === 'active';
export const endedAs =
  (outcome: CallState['outcome']): Matches =>
  (call) =>
    call.state === 'ended' && call.outcome === outcome;
