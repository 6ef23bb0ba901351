import type { CreatedRoom, RoomPage, RoomResource } from '../../server/protocol/rest.ts';
import { restCall, type RestCall, type RestOptions } from './restCall.ts';

export interface NewRoom {
  readonly name?: string;
  /** Shown on the home page. */
  readonly listed?: boolean;
  readonly locked?: boolean;
}

/** `/api/v1` as the pages use it. Every method rejects with `RestError`. */
export class RestClient {
  readonly #call: RestCall;

  constructor(options: RestOptions = {}) {
    this.#call = restCall(options);
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
}
