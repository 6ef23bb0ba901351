import { Type, type Static } from 'typebox';
import { callNotifications, callRequests } from './calling.ts';
import {
  DisplayNameSchema,
  MediaIdSchema,
  ParticipantIdSchema,
  RoomIdSchema,
  RoomNameSchema,
} from './ids.ts';
import {
  DtlsParametersSchema,
  IceServerSchema,
  KindSchema,
  MediaSessionSchema,
  RtpCapabilitiesSchema,
  RtpParametersSchema,
  SourceSchema,
} from './media.ts';
import { Empty, message, Secret, strict } from './message.ts';
import { RecordingSettingsSchema, RecordingStatusSchema, StopReasonSchema } from './recordings.ts';

/** One schema per message: the server decodes with it, both sides take their types from it. */

export const RoleSchema = Type.Union([
  Type.Literal('owner'),
  Type.Literal('moderator'),
  Type.Literal('guest'),
]);

/**
 * `reconnecting`: the socket is gone, media may still flow. `lost`: socket and media have been gone
 * for a while; the place is kept, but no tile should be.
 */
export const ConnectionSchema = Type.Union([
  Type.Literal('connected'),
  Type.Literal('reconnecting'),
  Type.Literal('lost'),
]);

export const TrackSchema = Type.Object({
  id: Type.String(),
  participantId: ParticipantIdSchema,
  kind: KindSchema,
  source: SourceSchema,
  /** Muted, or camera off: the track stays, nothing is sent. */
  paused: Type.Boolean(),
});

export const ParticipantSchema = Type.Object({
  id: ParticipantIdSchema,
  name: DisplayNameSchema,
  role: RoleSchema,
  connection: ConnectionSchema,
  joinedAt: Type.String({ format: 'date-time' }),
  tracks: Type.Array(TrackSchema),
});

export const RoomStateSchema = Type.Object({
  id: RoomIdSchema,
  name: RoomNameSchema,
  /** Nobody new may join. */
  locked: Type.Boolean(),
  /** Shown on the home page. */
  listed: Type.Boolean(),
  recording: RecordingSettingsSchema,
});

/** The whole room as one participant may see it; replaces everything known before. */
export const SnapshotSchema = Type.Object({
  self: Type.Object({
    id: ParticipantIdSchema,
    role: RoleSchema,
    /** May this participant send tracks? */
    canPublish: Type.Boolean(),
    /** May this participant start and stop recordings now? */
    canRecord: Type.Boolean(),
    /** Good for one `resume`, which answers with the next one. */
    resumeToken: Type.String(),
    /** Only in the reply to the `join` that started the room, and never again. */
    ownerSecret: Type.Optional(Type.String()),
  }),
  room: RoomStateSchema,
  /** Everybody visible, oneself included, in order of arrival. */
  participants: Type.Array(ParticipantSchema),
  activeSpeakerId: Type.Union([ParticipantIdSchema, Type.Null()]),
  /** The recording that runs, if one does. */
  recording: Type.Union([RecordingStatusSchema, Type.Null()]),
  media: MediaSessionSchema,
});

/** What a client asks the server. */
export const clientRequests = {
  /** Enter a room by name or id. The first message of a socket is this one or `resume`. */
  join: message(
    Type.Object(
      {
        room: Type.Union([RoomIdSchema, RoomNameSchema]),
        name: DisplayNameSchema,
        /** A join token (JWT) of `POST /rooms/:id/tokens`. */
        token: Type.Optional(Type.String({ minLength: 1, maxLength: 4096 })),
        ownerSecret: Type.Optional(Secret),
        /** Asked before joining: may I be recorded? Without an answer one is not, where consent is required. */
        recordingConsent: Type.Optional(Type.Boolean()),
      },
      strict,
    ),
    SnapshotSchema,
  ),
  /** Come back as the same participant on a new socket. */
  resume: message(Type.Object({ resumeToken: Secret }, strict), SnapshotSchema),
  /** Go away for good. The server closes the socket with 1000. */
  leave: message(Empty, Empty),
  /** Is the other side there? Answered at once, before and after joining. */
  ping: message(Empty, Empty),

  /**
   * Say what can be received; tracks are offered from now on. Once per media session. With
   * `transportId` the request is refused when it crosses a `mediaMoved` on its way.
   */
  receive: message(
    Type.Object(
      { rtpCapabilities: RtpCapabilitiesSchema, transportId: Type.Optional(MediaIdSchema) },
      strict,
    ),
    Empty,
  ),
  connectTransport: message(
    Type.Object({ transportId: MediaIdSchema, dtlsParameters: DtlsParametersSchema }, strict),
    Empty,
  ),
  /** New ICE credentials after the network changed. */
  restartIce: message(
    Type.Object({ transportId: MediaIdSchema }, strict),
    Type.Object({
      iceParameters: MediaSessionSchema.properties.send.properties.iceParameters,
      iceServers: Type.Array(IceServerSchema),
    }),
  ),
  /**
   * Send a track. One per source; publish again only after `unpublish`. With `transportId` the
   * request is refused when it crosses a `mediaMoved` on its way.
   */
  publish: message(
    Type.Object(
      {
        transportId: Type.Optional(MediaIdSchema),
        source: SourceSchema,
        rtpParameters: RtpParametersSchema,
        paused: Type.Boolean(),
        /** Pixels of the largest layer (video): what each receiver gets is chosen by it. */
        width: Type.Optional(Type.Integer({ minimum: 1, maximum: 16_384 })),
        height: Type.Optional(Type.Integer({ minimum: 1, maximum: 16_384 })),
      },
      strict,
    ),
    Type.Object({ trackId: Type.String() }),
  ),
  unpublish: message(Type.Object({ trackId: MediaIdSchema }, strict), Empty),
  /** Mute or unmute an own track. */
  pauseTrack: message(
    Type.Object({ trackId: MediaIdSchema, paused: Type.Boolean() }, strict),
    Empty,
  ),

  /**
   * The whole of what this client shows: each video track with the device pixels of its tile. The
   * layer is chosen by size; a video that is not named is not sent. Before the first `setView`
   * every video is sent.
   */
  setView: message(
    Type.Object(
      {
        tiles: Type.Array(
          Type.Object(
            {
              trackId: MediaIdSchema,
              width: Type.Integer({ minimum: 0, maximum: 16_384 }),
              height: Type.Integer({ minimum: 0, maximum: 16_384 }),
            },
            strict,
          ),
          { maxItems: 256 },
        ),
      },
      strict,
    ),
    Empty,
  ),

  /** Owner and moderators: lock the room, list it on the home page, say how it is recorded. */
  updateRoom: message(
    Type.Object(
      {
        locked: Type.Optional(Type.Boolean()),
        listed: Type.Optional(Type.Boolean()),
        recording: Type.Optional(Type.Partial(RecordingSettingsSchema, strict)),
      },
      strict,
    ),
    RoomStateSchema,
  ),
  /** Owner and moderators: send somebody away (their socket closes with 4403). */
  removeParticipant: message(Type.Object({ participantId: ParticipantIdSchema }, strict), Empty),

  /** Whoever may record. Answers with the recording that runs, started now or before. */
  startRecording: message(Empty, RecordingStatusSchema),
  pauseRecording: message(Empty, RecordingStatusSchema),
  resumeRecording: message(Empty, RecordingStatusSchema),
  stopRecording: message(Empty, Empty),
  /** Where consent is required: may this participant be recorded? Can be taken back at any time. */
  consentToRecording: message(Type.Object({ agreed: Type.Boolean() }, strict), Empty),

  ...callRequests,
} as const;

/** What the server asks a client, which answers when it can. */
export const serverRequests = {
  /**
   * Somebody's track can be received through this consumer. Packets flow once the client has
   * answered. A client that already has `consumerId` (it resumed) answers at once.
   */
  offerTrack: message(
    Type.Object({
      trackId: Type.String(),
      participantId: ParticipantIdSchema,
      kind: KindSchema,
      source: SourceSchema,
      consumerId: Type.String(),
      rtpParameters: RtpParametersSchema,
    }),
    Empty,
  ),
} as const;

/** What the server tells a client, in the past tense. */
export const notifications = {
  participantJoined: ParticipantSchema,
  participantChanged: Type.Object({
    participantId: ParticipantIdSchema,
    connection: ConnectionSchema,
  }),
  participantLeft: Type.Object({ participantId: ParticipantIdSchema }),
  trackPublished: TrackSchema,
  trackPaused: Type.Object({
    participantId: ParticipantIdSchema,
    trackId: Type.String(),
    paused: Type.Boolean(),
  }),
  /** The consumer of the track, if there is one, is gone too. */
  trackUnpublished: Type.Object({ participantId: ParticipantIdSchema, trackId: Type.String() }),
  /** Which layer of a video arrives now; `null`: none, the line is too poor for video. */
  layerChanged: Type.Object({
    trackId: Type.String(),
    spatialLayer: Type.Union([Type.Integer(), Type.Null()]),
  }),
  activeSpeakerChanged: Type.Object({
    participantId: Type.Union([ParticipantIdSchema, Type.Null()]),
  }),
  /** Who can be heard, in dBov (-127 to 0, RFC 6464), loudest first; an empty list is silence. */
  audioLevels: Type.Object({
    levels: Type.Array(Type.Object({ participantId: ParticipantIdSchema, volume: Type.Number() })),
  }),
  roomChanged: RoomStateSchema,
  /** A recording began, was paused, goes on, ended (`null`), or somebody agreed to it or did not. */
  recordingChanged: Type.Object({
    recording: Type.Union([RecordingStatusSchema, Type.Null()]),
    /** Why it ended, or could not begin by itself (`disk`). */
    stopReason: Type.Optional(StopReasonSchema),
  }),
  /** Once a second while recording: how much is safely on disk. */
  recordingProgress: Type.Object({ onDiskMs: Type.Number(), stalled: Type.Boolean() }),
  /** The room went to another worker: build this session and publish again. */
  mediaMoved: MediaSessionSchema,

  ...callNotifications,
} as const;

export type ClientRequests = typeof clientRequests;
export type ServerRequests = typeof serverRequests;
export type Notifications = typeof notifications;

export type ClientRequestName = keyof ClientRequests;
/** Of who is in a room. */
export type RoomRequestName = Exclude<ClientRequestName, keyof typeof callRequests>;
export type ServerRequestName = keyof ServerRequests;
export type NotificationName = keyof Notifications;
export type RoomNotificationName = Exclude<NotificationName, keyof typeof callNotifications>;

export type ClientRequestData<N extends ClientRequestName> = Static<ClientRequests[N]['data']>;
export type ClientRequestReply<N extends ClientRequestName> = Static<ClientRequests[N]['reply']>;
export type ServerRequestData<N extends ServerRequestName> = Static<ServerRequests[N]['data']>;
export type NotificationData<N extends NotificationName> = Static<Notifications[N]>;

/** A notification as a value: its name decides the shape of its data. */
export type Notification = {
  [N in NotificationName]: { name: N; data: NotificationData<N> };
}[NotificationName];

export type Role = Static<typeof RoleSchema>;
export type Connection = Static<typeof ConnectionSchema>;
export type TrackState = Static<typeof TrackSchema>;
export type ParticipantState = Static<typeof ParticipantSchema>;
export type RoomState = Static<typeof RoomStateSchema>;
export type Snapshot = Static<typeof SnapshotSchema>;
export type View = ClientRequestData<'setView'>['tiles'];
