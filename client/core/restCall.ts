import type { ErrorCode } from '../../server/protocol/errors.ts';
import type { Problem } from '../../server/protocol/rest.ts';
import { RestError } from './RestError.ts';
import { isErrorCode } from './SignalingError.ts';

export interface RestOptions {
  /** Default: the page's own server. */
  readonly origin?: string;
  readonly fetch?: typeof globalThis.fetch;
}

interface Sent {
  /** A Blob goes as it is, everything else as JSON. */
  readonly body?: object;
  /** Empty: as absent. The cookie of who is signed in speaks. */
  readonly bearer?: string;
  /** Sent even if the page goes meanwhile. */
  readonly keepalive?: boolean;
}

export type RestCall = <T>(method: string, path: string, sent?: Sent) => Promise<T>;

/** One call of `/api/v1`. Rejects with `RestError`. */
export const restCall = ({ origin = '', fetch }: RestOptions = {}): RestCall => {
  const send = fetch ?? globalThis.fetch.bind(globalThis);
  return async <T>(
    method: string,
    path: string,
    { body, bearer, keepalive }: Sent = {},
  ): Promise<T> => {
    let response: Response;
    try {
      response = await send(`${origin}/api/v1${path}`, {
        method,
        headers: {
          ...(body && { 'content-type': typeOf(body) }),
          ...(bearer !== undefined && bearer !== '' && { authorization: `Bearer ${bearer}` }),
        },
        ...(body && { body: body instanceof Blob ? body : JSON.stringify(body) }),
        ...(keepalive === true && { keepalive }),
      });
    } catch (error) {
      throw new RestError('offline', 0, 'The server cannot be reached', { cause: error });
    }
    if (!response.ok) throw await problem(response);
    // The server checks its answers against the schema this type is made from; 204 has none.
    return (response.status === 204 ? undefined : await response.json()) as T;
  };
};

const typeOf = (body: object): string => (body instanceof Blob ? body.type : 'application/json');

const problem = async (response: Response): Promise<RestError> => {
  const body = (await response.json().catch(() => ({}))) as Partial<Problem>;
  const code: ErrorCode = body.code && isErrorCode(body.code) ? body.code : 'internal';
  const words = body.detail ?? body.title ?? response.statusText;
  const retryAfterSeconds = secondsIn(response.headers.get('retry-after'));
  return new RestError(code, response.status, words, { retryAfterSeconds, fields: body.errors });
};

const secondsIn = (retryAfter: string | null): number | null => {
  const seconds = Number(retryAfter ?? Number.NaN);
  return Number.isFinite(seconds) ? seconds : null;
};
