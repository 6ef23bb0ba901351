import { AppError } from '../../base/AppError.ts';
import type { Clock } from '../../base/Clock.ts';
import type { Logger } from '../../base/logger.ts';
import type { CallHistory } from '../../calls/CallHistory.ts';
import type { CallService } from '../../calls/CallService.ts';
import type { PickUps } from '../../calls/PickUps.ts';
import type { Registrar, Registration } from '../../calls/Registrar.ts';
import type { IceServer } from '../../protocol/media.ts';
import type {
  ClientRequestData,
  ClientRequestName,
  ClientRequestReply,
} from '../../protocol/signaling.ts';
import type { Bearer, TokenRoom } from '../../accounts/tokens.ts';
import type { Channel } from '../../rooms/Channel.ts';
import type { RoomRegistry } from '../../rooms/RoomRegistry.ts';
import type { RecordingService } from '../../recordings/RecordingService.ts';
import type { Session, Sessions } from '../../rooms/Sessions.ts';
import type { Allowance } from '../Allowance.ts';
import type { Replies } from '../../calls/Replies.ts';
import type { VoicemailId } from '../../protocol/ids.ts';
import type { VoicemailService } from '../../voicemail/VoicemailService.ts';
import type { CallAllowance } from '../CallAllowance.ts';
import type { Identity } from '../rest/Access.ts';

/** What the signalling of this server works with. */
export interface SignalingServices {
  readonly rooms: RoomRegistry;
  readonly sessions: Sessions;
  readonly recordings: RecordingService;
  readonly calls: CallService;
  readonly pickUps: PickUps;
  readonly replies: Replies;
  readonly voicemail: VoicemailService;
  readonly callHistory: CallHistory;
  readonly registrar: Registrar;
  readonly clock: Clock;
  readonly logger: Logger;
  /** May anybody start a room by its URL? */
  readonly openRooms: boolean;
  /** How many rooms an address may start. */
  readonly roomStarts: Allowance;
  /** How many calls may be placed. */
  readonly callsPlaced: CallAllowance;
  /** Rejects with AppError `unauthorized`, for a call that is over, too. */
  readonly verifyToken: (token: string, room: TokenRoom) => Promise<Bearer>;
  readonly iceServers: (participantId: string) => IceServer[];
}

/** One client's socket, and who it turned out to be. */
export interface Connection {
  readonly channel: Channel;
  readonly services: SignalingServices;
  /** The client's, for limits. */
  readonly address: string;
  /** Who is signed in in the browser it belongs to. */
  readonly identify: () => Promise<Identity | undefined>;
  state:
    | { name: 'new' }
    | { name: 'entering' }
    /** `heard`: the client has shown that the answer to its `join` reached it. */
    | { name: 'joined'; session: Session; heard: boolean; startedRoom: boolean }
    /** Can be called; in no room. */
    | { name: 'registered'; identity: Identity; registration: Registration }
    /** A guest's, for one call. */
    | { name: 'calling'; callKey: string; detach: () => void };
  /** The messages that are being left over it. */
  readonly drafts: Set<VoicemailId>;
  /** The socket went away, perhaps in the middle of joining. */
  closed: boolean;
}

type Handler<N extends ClientRequestName> = (
  connection: Connection,
  data: ClientRequestData<N>,
) => Promise<ClientRequestReply<N>> | ClientRequestReply<N>;

export type Handlers = { readonly [N in ClientRequestName]: Handler<N> };

/** A socket enters once; while it is at it, or after it, a second try is out of order. */
export const entering = async <T>(
  connection: Connection,
  enter: () => Promise<T> | T,
): Promise<T> => {
  if (connection.state.name !== 'new') throw new AppError('wrong_state', 'Joined already');
  connection.state = { name: 'entering' };
  try {
    return await enter();
  } finally {
    if (connection.state.name === 'entering') connection.state = { name: 'new' };
  }
};

export const notSignedIn = (): AppError => new AppError('unauthorized', 'Sign in first.');
