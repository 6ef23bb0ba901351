import type { Greeting, GreetingKind } from '../../server/protocol/greetings.ts';
import { restCall, type RestCall, type RestOptions } from './restCall.ts';

export interface NewGreeting {
  readonly kind: GreetingKind;
  /** ISO 639; null: for callers of all languages. */
  readonly language: string | null;
  /** Of a temporary one: when it ends. */
  readonly until: Date | null;
  readonly sound: Blob;
}

const pathOf = (
  { kind, language }: Pick<NewGreeting, 'kind' | 'language'>,
  more: Record<string, string> = {},
): string => {
  const query = new URLSearchParams({ ...(language !== null && { language }), ...more });
  return `/greetings/${kind}${query.size === 0 ? '' : `?${query}`}`;
};

/** One's own greetings, over `/api/v1`; the browser's cookie speaks for it. Every method rejects with `RestError`. */
export class GreetingsClient {
  readonly #call: RestCall;

  constructor(options: RestOptions = {}) {
    this.#call = restCall(options);
  }

  async list(): Promise<readonly Greeting[]> {
    return (await this.#call<{ items: Greeting[] }>('GET', '/greetings')).items;
  }

  /** In the place of the one of this kind and language. */
  set({ sound, until, ...key }: NewGreeting): Promise<Greeting> {
    const path = pathOf(key, until === null ? {} : { until: until.toISOString() });
    return this.#call('PUT', path, { body: sound });
  }

  /** The same words for longer, shorter, or again. */
  setUntil(key: Pick<NewGreeting, 'kind' | 'language'>, until: Date): Promise<Greeting> {
    return this.#call('PATCH', pathOf(key), { body: { until: until.toISOString() } });
  }

  remove(key: Pick<NewGreeting, 'kind' | 'language'>): Promise<void> {
    return this.#call('DELETE', pathOf(key));
  }
}
