import type { ErrorCode } from '../../server/protocol/errors.ts';
import type { RecordingId } from '../../server/protocol/ids.ts';
import type { CreatedShare, RecordingPage } from '../../server/protocol/recordings.ts';
import type { CreatedRoom, Problem, RoomPage, RoomResource } from '../../server/protocol/rest.ts';
import { RestError } from './RestError.ts';
import { isErrorCode } from './SignalingError.ts';

export interface NewRoom {
  readonly name?: string;
  /** Shown on the home page. */
  readonly listed?: boolean;
  readonly locked?: boolean;
}

export interface RestClientOptions {
  /** Default: the page's own server. */
  readonly origin?: string;
  readonly fetch?: typeof globalThis.fetch;
}

interface Sent {
  readonly body?: object;
  readonly bearer?: string;
}

/** `/api/v1` as the pages use it. Every method rejects with `RestError`. */
export class RestClient {
  readonly #origin: string;
  readonly #fetch: typeof globalThis.fetch;

  constructor(options: RestClientOptions = {}) {
    this.#origin = options.origin ?? '';
    this.#fetch = options.fetch ?? globalThis.fetch.bind(globalThis);
  }

  /** Rooms that their starters have listed. */
  listRooms(page: { cursor?: string; limit?: number } = {}): Promise<RoomPage> {
    const query = new URLSearchParams();
    if (page.cursor !== undefined) query.set('cursor', page.cursor);
    if (page.limit !== undefined) query.set('limit', String(page.limit));
    return this.#call('GET', query.size > 0 ? `/rooms?${query}` : '/rooms');
  }

  /** Without a name the server makes a readable, unguessable one. */
  createRoom(room: NewRoom = {}): Promise<CreatedRoom> {
    return this.#call('POST', '/rooms', { body: room });
  }

  /** By id or name. */
  getRoom(room: string): Promise<RoomResource> {
    return this.#call('GET', `/rooms/${encodeURIComponent(room)}`);
  }

  /** Recordings of a room, the newest first. `bearer`: the room's owner secret, or a token. */
  listRecordings(
    room: string,
    { bearer, limit }: { bearer: string; limit?: number },
  ): Promise<RecordingPage> {
    const query = new URLSearchParams({ room });
    if (limit !== undefined) query.set('limit', String(limit));
    return this.#call('GET', `/recordings?${query}`, { bearer });
  }

  /** A link for whoever has it. */
  shareRecording(
    id: RecordingId,
    { bearer, expiresInSeconds }: { bearer: string; expiresInSeconds: number },
  ): Promise<CreatedShare> {
    const body = { expiresInSeconds };
    return this.#call('POST', `/recordings/${id}/shares`, { bearer, body });
  }

  async #call<T>(method: string, path: string, { body, bearer }: Sent = {}): Promise<T> {
    let response: Response;
    try {
      response = await this.#fetch(`${this.#origin}/api/v1${path}`, {
        method,
        headers: {
          ...(body && { 'content-type': 'application/json' }),
          ...(bearer !== undefined && { authorization: `Bearer ${bearer}` }),
        },
        ...(body && { body: JSON.stringify(body) }),
      });
    } catch (error) {
      throw new RestError('offline', 0, 'The server cannot be reached', { cause: error });
    }
    if (!response.ok) throw await problem(response);
    // The server checks its answers against the schema this type is made from.
    return (await response.json()) as T;
  }
}

const problem = async (response: Response): Promise<RestError> => {
  const body = (await response.json().catch(() => ({}))) as Partial<Problem>;
  const code: ErrorCode = body.code && isErrorCode(body.code) ? body.code : 'internal';
  return new RestError(code, response.status, body.detail ?? body.title ?? response.statusText);
};
