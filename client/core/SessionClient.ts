import type { Person, SessionResource } from '../../server/protocol/people.ts';
import type { VoicemailSummary } from '../../server/protocol/voicemail.ts';
import { restCall, type RestCall, type RestOptions } from './restCall.ts';

/** What every page asks of people: who one is, and whether one can be reached. Rejects with `RestError`. */
export class SessionClient {
  readonly #call: RestCall;

  constructor(options: RestOptions = {}) {
    this.#call = restCall(options);
  }

  session(): Promise<SessionResource> {
    return this.#call('GET', '/session');
  }

  /** How many messages wait for who is signed in. */
  voicemailSummary(): Promise<VoicemailSummary> {
    return this.#call('GET', '/voicemails/summary');
  }

  presence(name: string): Promise<Person> {
    return this.#call('GET', `/users/${encodeURIComponent(name)}/presence`);
  }
}
