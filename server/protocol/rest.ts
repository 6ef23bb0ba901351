import { Type, type Static } from 'typebox';
import {
  DisplayNameSchema,
  KeyIdSchema,
  ParticipantIdSchema,
  RoomIdSchema,
  RoomNameSchema,
} from './ids.ts';
import { RecordingSettingsSchema, RecordingStatusSchema } from './recordings.ts';
import { ConnectionSchema, RoleSchema } from './signaling.ts';

/** What an API key may be good for. Each is a set of grants, in every room. */
export const SCOPES = [
  'rooms:read',
  'rooms:write',
  'recordings:read',
  'recordings:write',
  'people:read',
  'people:write',
  'webhooks:write',
] as const;
export type Scope = (typeof SCOPES)[number];

/** Shapes of `/api/v1`. Times are RFC 3339 in UTC. */

const strict = { additionalProperties: false } as const;
const Time = Type.String({ format: 'date-time' });

/** RFC 9457, with the stable `code` of `errors.ts`. */
export const ProblemSchema = Type.Object({
  type: Type.String(),
  title: Type.String(),
  status: Type.Integer(),
  code: Type.String(),
  detail: Type.Optional(Type.String()),
  instance: Type.Optional(Type.String()),
  errors: Type.Optional(
    Type.Array(Type.Object({ pointer: Type.String(), message: Type.String() })),
  ),
});

export const RoomSchema = Type.Object({
  id: RoomIdSchema,
  name: RoomNameSchema,
  locked: Type.Boolean(),
  listed: Type.Boolean(),
  recording: RecordingSettingsSchema,
  /** The recording that runs: whoever comes is told before they come in. */
  recordingStatus: Type.Union([RecordingStatusSchema, Type.Null()]),
  participantCount: Type.Integer(),
  createdAt: Time,
});

export const NewRoomSchema = Type.Object(
  {
    /** Absent: a random, readable, unguessable one is made. */
    name: Type.Optional(RoomNameSchema),
    listed: Type.Optional(Type.Boolean()),
    locked: Type.Optional(Type.Boolean()),
    recording: Type.Optional(Type.Partial(RecordingSettingsSchema, strict)),
  },
  strict,
);

/** The only answer that ever holds the owner secret. */
export const CreatedRoomSchema = Type.Object({
  ...RoomSchema.properties,
  ownerSecret: Type.String(),
});

export const RoomPatchSchema = Type.Object(
  {
    listed: Type.Optional(Type.Boolean()),
    locked: Type.Optional(Type.Boolean()),
    recording: Type.Optional(Type.Partial(RecordingSettingsSchema, strict)),
  },
  strict,
);

export const RoomPageSchema = Type.Object({
  items: Type.Array(RoomSchema),
  nextCursor: Type.Union([Type.String(), Type.Null()]),
});

const RoomParticipantSchema = Type.Object({
  id: ParticipantIdSchema,
  name: DisplayNameSchema,
  role: RoleSchema,
  connection: ConnectionSchema,
  joinedAt: Time,
});

export const RoomParticipantPageSchema = Type.Object({
  items: Type.Array(RoomParticipantSchema),
  nextCursor: Type.Union([Type.String(), Type.Null()]),
});

/** LiveKit's names, so that people's token code carries over. */
const RoomGrantsSchema = Type.Object(
  {
    roomJoin: Type.Optional(Type.Boolean()),
    canPublish: Type.Optional(Type.Boolean()),
    canSubscribe: Type.Optional(Type.Boolean()),
    roomRecord: Type.Optional(Type.Boolean()),
    roomAdmin: Type.Optional(Type.Boolean()),
  },
  strict,
);

export const VideoGrantSchema = Type.Object(
  { ...RoomGrantsSchema.properties, room: Type.Optional(Type.String({ maxLength: 128 })) },
  strict,
);

export const NewTokenSchema = Type.Object(
  {
    identity: Type.String({ minLength: 1, maxLength: 128 }),
    name: Type.Optional(DisplayNameSchema),
    ttlSeconds: Type.Optional(Type.Integer({ minimum: 10, maximum: 86_400 })),
    grants: Type.Optional(RoomGrantsSchema),
  },
  strict,
);

export const TokenSchema = Type.Object({ token: Type.String(), expiresAt: Time });

const ScopeSchema = Type.Enum(SCOPES);

export const NewApiKeySchema = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 64 }),
    scopes: Type.Array(ScopeSchema, { minItems: 1, uniqueItems: true }),
    expiresInSeconds: Type.Optional(Type.Integer({ minimum: 1, maximum: 315_360_000 })),
  },
  strict,
);

export const ApiKeySchema = Type.Object({
  id: KeyIdSchema,
  name: Type.String(),
  scopes: Type.Array(ScopeSchema),
  createdAt: Time,
  lastUsedAt: Type.Union([Time, Type.Null()]),
  expiresAt: Type.Union([Time, Type.Null()]),
});

/** The only answer that ever holds the key. */
export const CreatedApiKeySchema = Type.Object({ ...ApiKeySchema.properties, key: Type.String() });

export const ApiKeyPageSchema = Type.Object({
  items: Type.Array(ApiKeySchema),
  nextCursor: Type.Union([Type.String(), Type.Null()]),
});

export const HealthSchema = Type.Object({
  status: Type.Union([Type.Literal('ok'), Type.Literal('failing')]),
  checks: Type.Record(Type.String(), Type.Boolean()),
});

export type Problem = Static<typeof ProblemSchema>;
export type RoomResource = Static<typeof RoomSchema>;
export type CreatedRoom = Static<typeof CreatedRoomSchema>;
export type RoomPage = Static<typeof RoomPageSchema>;
export type VideoGrant = Static<typeof VideoGrantSchema>;
