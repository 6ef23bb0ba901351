import type { LightMyRequestResponse } from 'fastify';
import type { HttpOnly } from '../httpOnly.ts';

export const PASSWORD = 'correct horse battery';

interface Asking {
  readonly address?: string;
  readonly body?: object | string;
  readonly headers?: Record<string, string>;
}

/** Requests of one browser, with what it holds for a cookie: none, until it has signed in. */
export class Browser {
  readonly #edge: HttpOnly;
  cookie: string | undefined;

  constructor(edge: HttpOnly, cookie?: string) {
    this.#edge = edge;
    this.cookie = cookie;
  }

  async ask(method: string, path: string, asking: Asking = {}): Promise<LightMyRequestResponse> {
    const { address = '192.0.2.1', body, headers } = asking;
    const answer = await this.#edge.app.inject({
      method: method as 'GET',
      url: `/api/v1${path}`,
      remoteAddress: address,
      ...(body !== undefined && { payload: body }),
      headers: { ...(this.cookie !== undefined && { cookie: this.cookie }), ...headers },
    });
    const [set] = [answer.headers['set-cookie']].flat();
    if (set !== undefined) this.cookie = set.split(';')[0];
    return answer;
  }

  /** The status. */
  async signIn(userName: string, password = PASSWORD, address?: string): Promise<number> {
    const body = { userName, password };
    const asking = address === undefined ? { body } : { body, address };
    return (await this.ask('POST', '/session', asking)).statusCode;
  }

  /** The name of who is signed in here, if anybody is. */
  async who(): Promise<string | undefined> {
    const session = await this.ask('GET', '/session');
    return session.json<{ user: { name: string } | null }>().user?.name;
  }
}

/** All that could tell one answer from another. */
export const wordsOf = ({ statusCode, headers, body }: LightMyRequestResponse): unknown => {
  const { date: _, ...others } = headers;
  return { statusCode, others, body: body.replaceAll(/urn:uuid:[\w-]+/g, '') };
};
