import type { Person, PersonPage, SessionResource, User } from '../../server/protocol/people.ts';
import { restCall, type RestCall, type RestOptions } from './restCall.ts';

/** Who one is, over `/api/v1`; the browser's cookie speaks for it. Every method rejects with `RestError`. */
export class PeopleClient {
  readonly #call: RestCall;

  constructor(options: RestOptions = {}) {
    this.#call = restCall(options);
  }

  session(): Promise<SessionResource> {
    return this.#call('GET', '/session');
  }

  async signIn(userName: string, password: string): Promise<User | null> {
    const { user } = await this.#call<SessionResource>('POST', '/session', {
      body: { userName, password },
    });
    return user;
  }

  signOut(): Promise<void> {
    return this.#call('DELETE', '/session');
  }

  /** Who can be called. */
  people({ q, limit }: { q: string; limit: number }): Promise<PersonPage> {
    return this.#call('GET', `/people?${new URLSearchParams({ q, limit: String(limit) })}`);
  }

  presence(name: string): Promise<Person> {
    return this.#call('GET', `/users/${encodeURIComponent(name)}/presence`);
  }
}
