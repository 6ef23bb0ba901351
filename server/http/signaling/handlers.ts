import {
  can,
  guestGrants,
  mayRecord,
  ownerGrants,
  roleOf,
  type Grants,
} from '../../accounts/permissions.ts';
import { AppError } from '../../base/AppError.ts';
import type { RecordingId, SignInId, UserId } from '../../protocol/ids.ts';
import type { RecordingStatus } from '../../protocol/recordings.ts';
import type { ClientRequestData, Snapshot } from '../../protocol/signaling.ts';
import { tokenNotValid, type Bearer } from '../../accounts/tokens.ts';
import { Participant } from '../../rooms/Participant.ts';
import type { Room } from '../../rooms/Room.ts';
import type { RecordingService } from '../../recordings/RecordingService.ts';
import type { Session } from '../../rooms/Sessions.ts';
import { roomNotFound } from '../rest/Access.ts';
import { callHandlers } from './callHandlers.ts';
import { messageHandlers } from './messageHandlers.ts';
import {
  entering,
  notSignedIn,
  type Connection,
  type Handlers,
  type SignalingServices,
} from './Connection.ts';

export const handlers: Handlers = {
  ...callHandlers,
  ...messageHandlers,

  join: (connection, data) => entering(connection, () => join(connection, data)),

  resume: (connection, { resumeToken }) =>
    entering(connection, () => {
      const { services, channel } = connection;
      const resumed = services.sessions.resume(resumeToken, channel);
      const { session } = resumed;
      connection.state = { name: 'joined', session, heard: true, startedRoom: false };
      session.participant.repeatOffers();
      session.room.renewTracks(session.participant);
      return snapshot(services, session, resumed.resumeToken);
    }),

  leave(connection) {
    const { room, participant } = joined(connection);
    // The answer goes out before the socket closes.
    setImmediate(() => room.leave(participant, 'left'));
    return {};
  },

  ping(connection) {
    if (connection.state.name === 'joined') {
      connection.services.sessions.confirm(connection.state.session);
    }
    return {};
  },

  receive(connection, data) {
    const { room, participant } = joined(connection);
    participant.receive(data);
    room.offerTracksTo(participant);
    return {};
  },

  async connectTransport(connection, data) {
    await joined(connection).participant.connectTransport(data);
    return {};
  },

  restartIce: (connection, { transportId }) =>
    joined(connection).participant.restartIce(transportId),

  async publish(connection, data) {
    const { room, participant } = joined(connection);
    const track = await participant.publish(data);
    room.publish(track);
    return { trackId: track.id };
  },

  unpublish(connection, { trackId }) {
    const { room, participant } = joined(connection);
    room.unpublish(participant, trackId);
    return {};
  },

  async pauseTrack(connection, { trackId, paused }) {
    const { room, participant } = joined(connection);
    await room.pauseTrack(participant, trackId, paused);
    return {};
  },

  setView(connection, { tiles }) {
    joined(connection).participant.setView(tiles);
    return {};
  },

  updateRoom(connection, patch) {
    const { room, grants } = joined(connection);
    if (!can(grants, 'updateRoom')) throw new AppError('forbidden', 'Only moderators may do this');
    return room.update(patch);
  },

  removeParticipant(connection, { participantId }) {
    const { room, grants } = joined(connection);
    if (!can(grants, 'removeParticipant')) {
      throw new AppError('forbidden', 'Only moderators may do this');
    }
    room.remove(participantId);
    return {};
  },

  async startRecording(connection) {
    const { room, participant } = recording(connection);
    const { recordings } = connection.services;
    await recordings.start(room, { name: participant.name });
    return statusOf(recordings, room);
  },

  pauseRecording: (connection) => changeRecording(connection, (service, id) => service.pause(id)),

  resumeRecording: (connection) => changeRecording(connection, (service, id) => service.resume(id)),

  async stopRecording(connection) {
    const { room } = recording(connection);
    const { recordings } = connection.services;
    const status = recordings.statusOf(room);
    // Stopping what nobody records, or somebody else has just stopped, is done already.
    if (status) await recordings.stop(status.id);
    return {};
  },

  consentToRecording(connection, { agreed }) {
    const { room, participant } = joined(connection);
    if (!participant.visible) return {};
    connection.services.recordings.consent(room, participant.id, agreed);
    return {};
  },
};

/** The session, if it may record. AppError `forbidden`, `wrong_state`. */
const recording = (connection: Connection): Session => {
  const session = joined(connection);
  if (mayRecord(session.grants, session.room.recording.allowed)) return session;
  throw new AppError('forbidden', 'You may not record in this room');
};

const changeRecording = async (
  connection: Connection,
  change: (recordings: RecordingService, id: RecordingId) => Promise<unknown>,
): Promise<RecordingStatus> => {
  const { room } = recording(connection);
  const { recordings } = connection.services;
  await change(recordings, statusOf(recordings, room).id);
  return statusOf(recordings, room);
};

const statusOf = (recordings: RecordingService, room: Room): RecordingStatus => {
  const status = recordings.statusOf(room);
  if (!status) throw new AppError('wrong_state', 'Nobody records in this room');
  return status;
};

/** The client speaks after its `join` was answered: it has its resume token, and a starter its secret. */
export const hear = ({ state, services }: Connection): void => {
  if (state.name !== 'joined' || state.heard) return;
  state.heard = true;
  if (state.startedRoom) services.rooms.keep(state.session.room);
};

/** AppError `wrong_state` before joining, and after leaving. */
const joined = ({ state }: Connection): Session => {
  if (state.name !== 'joined' || state.session.participant.closed) {
    throw new AppError('wrong_state', 'Join a room first');
  }
  return state.session;
};

const join = async (connection: Connection, data: ClientRequestData<'join'>): Promise<Snapshot> => {
  const { services, channel } = connection;
  const { rooms, sessions, clock } = services;
  const { room, startedWith, grants, bearer, userId, signInId } = await admit(connection, data);
  const participant = await rooms.enter(
    room,
    { evenIfLocked: can(grants, 'joinLocked') },
    async (media) => {
      const made = await Participant.create(media, {
        name: bearer?.name ?? data.name,
        role: roleOf(grants),
        identity: bearer?.identity ?? null,
        userId,
        canPublish: can(grants, 'publish'),
        canSubscribe: can(grants, 'subscribe'),
        visible: bearer?.isUnseen !== true,
        joinedAt: clock.now(),
        iceServers: services.iceServers,
        logger: services.logger.child({ room: room.id }),
      });
      if (!connection.closed) return made;
      // Nobody else has seen this participant, and the client knows of no session.
      made.close('gone');
      throw new AppError('wrong_state', 'The socket closed');
    },
  );
  // The room can end between its `join` and here.
  if (participant.closed) throw new AppError('not_found', 'This room has ended');
  const session: Session = { room, participant, grants, expiresAt: bearer?.expiresAt, signInId };
  const resumeToken = sessions.open(session, channel);
  // What ended the right to be here meanwhile did not find the session.
  const mayStay = bearer
    ? services.calls.accepts(bearer)
    : !signInId || (await connection.identify());
  if (!mayStay) {
    room.leave(participant, 'expired');
    throw bearer ? tokenNotValid() : notSignedIn();
  }
  const startedRoom = startedWith !== undefined;
  connection.state = { name: 'joined', session, heard: false, startedRoom };
  if (data.recordingConsent !== undefined && participant.visible) {
    services.recordings.consent(room, participant.id, data.recordingConsent);
  }
  const reply = snapshot(services, session, resumeToken);
  return startedRoom ? { ...reply, self: { ...reply.self, ownerSecret: startedWith } } : reply;
};

interface Admitted {
  readonly room: Room;
  readonly grants: Grants;
  readonly bearer: Bearer | undefined;
  /** Who is signed in, and came without a token. */
  readonly userId: UserId | null;
  /** The sign-in that the rights come from, if they come from one. */
  readonly signInId?: SignInId | undefined;
  /** The owner secret, when this join started the room. */
  readonly startedWith: string | undefined;
}

/** Which room, and with what rights: by token, by owner secret, or as whoever has the URL. */
const admit = async (
  { services: { rooms, calls, openRooms, roomStarts, verifyToken }, address, identify }: Connection,
  { room: idOrName, token, ownerSecret }: ClientRequestData<'join'>,
): Promise<Admitted> => {
  const known = rooms.find(idOrName);
  const bearer =
    token === undefined ? undefined : await verifyToken(token, known ?? { name: idOrName });
  if (bearer && !can(bearer.grants, 'join')) {
    throw new AppError('forbidden', 'The token does not let its bearer join');
  }
  const identity = bearer ? undefined : await identify();
  const account = identity?.account;
  const userId = account?.id ?? null;
  const room = rooms.find(idOrName);
  if (room) {
    if (!bearer && calls.isRoomOfCall(room.id)) throw roomNotFound();
    const startedWith = undefined;
    if (ownerSecret !== undefined && room.isOwner(ownerSecret)) {
      return { room, grants: ownerGrants, bearer, userId, startedWith };
    }
    if (identity && room.ownerId === userId) {
      const signInId = identity.signIn.id;
      return { room, grants: ownerGrants, bearer, userId, signInId, startedWith };
    }
    return { room, grants: bearer?.grants ?? guestGrants, bearer, userId, startedWith };
  }
  if (!openRooms && !bearer && !account) throw roomNotFound();
  if (idOrName.startsWith('room_')) throw roomNotFound();
  roomStarts.check(address);
  // Kept once its starter was heard: a secret that reached nobody must not leave a room without owner.
  const started = rooms.create({
    name: idOrName,
    provisional: !bearer,
    ownerId: account?.id,
  });
  roomStarts.spend(address);
  return bearer
    ? { room: started.room, grants: bearer.grants, bearer, userId, startedWith: undefined }
    : { room: started.room, grants: ownerGrants, bearer, userId, startedWith: started.ownerSecret };
};

const snapshot = (
  { recordings }: SignalingServices,
  session: Session,
  resumeToken: string,
): Snapshot => {
  const { room, participant } = session;
  return {
    self: {
      id: participant.id,
      role: participant.role,
      canPublish: participant.canPublish,
      canRecord: mayRecord(session.grants, room.recording.allowed),
      resumeToken,
    },
    room: room.state,
    participants: room.participants(),
    activeSpeakerId: room.activeSpeakerId,
    recording: recordings.statusOf(room),
    media: participant.mediaSession,
  };
};
