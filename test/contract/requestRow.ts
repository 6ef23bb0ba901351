import type { ErrorCode } from '../../server/protocol/errors.ts';
import type {
  ClientRequestData,
  ClientRequestName,
  Snapshot,
} from '../../server/protocol/signaling.ts';
import type { RawClient } from '../support/rawClient.ts';

export interface Joined {
  readonly client: RawClient;
  readonly snapshot: Snapshot;
  /** Somebody comes into this room, or into a new one. */
  readonly enter: (room?: string) => Promise<Joined>;
}

export interface Row<N extends ClientRequestName> {
  /** What a participant who has just joined a room of its own may send. */
  readonly valid: (joined: Joined) => Promise<ClientRequestData<N>> | ClientRequestData<N>;
  readonly invalid: readonly unknown[];
  /** Before joining; `answered`: it needs no room. */
  readonly unjoined: ErrorCode | 'answered';
  /** Well-formed and still wrong, for a participant who has just joined. */
  readonly refused?: Record<
    string,
    { code: ErrorCode; data: (joined: Joined) => Promise<ClientRequestData<N>> }
  >;
}

let rooms = 0;
export const newRoom = (): string => `table-${++rooms}`;
