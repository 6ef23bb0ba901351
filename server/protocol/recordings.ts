import { Type, type Static } from 'typebox';
import { SourceSchema } from './media.ts';
import {
  ParticipantIdSchema,
  RecordingIdSchema,
  RoomIdSchema,
  RoomNameSchema,
  ShareIdSchema,
} from './ids.ts';

/** Shapes of recordings, over REST and on disk. Times are RFC 3339 in UTC, durations milliseconds. */

const strict = { additionalProperties: false } as const;
const Time = Type.String({ format: 'date-time' });
const nullable = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) =>
  Type.Union([schema, Type.Null()]);

export const RecordingStateSchema = Type.Enum([
  'requested',
  'starting',
  'recording',
  'paused',
  'stopping',
  'finishing',
  'recovering',
  'ready',
  'failed',
]);

export const StopReasonSchema = Type.Enum([
  /** Somebody said so. */
  'stopped',
  /** Nobody was left. */
  'empty',
  'maxLength',
  /** The disk is full, or does not take any more. */
  'disk',
  /** The room was ended. */
  'roomEnded',
  /** The server was stopped in good order. */
  'shutdown',
  /** The server died; what was written came back. */
  'crash',
]);

/** A stretch of the recording's own clock without media. */
export const GapSchema = Type.Object({
  fromMs: Type.Number(),
  toMs: Type.Number(),
  /** `paused` was wished for; `lost` was not; `media` is a worker that died and was replaced. */
  reason: Type.Enum(['paused', 'lost', 'media']),
});

/** Somebody who was there while it was recorded. */
export const PersonSchema = Type.Object({
  participantId: ParticipantIdSchema,
  name: Type.String(),
  /** Stretches in which the person was in the room. */
  stays: Type.Array(Type.Object({ fromMs: Type.Number(), toMs: Type.Number() })),
  /** Null: nobody was asked. */
  consent: nullable(Type.Boolean()),
});

/** green: as it should be. amber: usable, with a flaw that is told. red: something is missing. */
export const GradeSchema = Type.Enum(['green', 'amber', 'red']);

export const HealthSchema = Type.Object({
  grade: GradeSchema,
  findings: Type.Array(
    Type.Object({
      grade: GradeSchema,
      /** For programs: `gap`, `loss`, `drift`, `silent`, `black`, `duration`, `damaged`, `empty`. */
      code: Type.String(),
      participantId: nullable(ParticipantIdSchema),
      /** For people, whole sentences. */
      detail: Type.String(),
    }),
  ),
  tracks: Type.Array(
    Type.Object({
      participantId: ParticipantIdSchema,
      source: SourceSchema,
      codec: Type.String(),
      packets: Type.Integer(),
      lostPackets: Type.Integer(),
      /** The sender's clock against ours, parts per million. */
      driftPpm: nullable(Type.Number()),
      longestGapMs: Type.Number(),
    }),
  ),
});

export const FileKindSchema = Type.Enum([
  'track',
  'composite',
  'audio',
  'poster',
  'peaks',
  'speakers',
  'chat',
  'consent',
  'manifest',
]);

/** A file name as the server makes them: nothing of it comes from people unchanged. */
export const FileNameSchema = Type.String({ pattern: '^[a-z0-9][a-z0-9-]{0,79}\\.[a-z0-9]{2,5}$' });

export const RecordedFileSchema = Type.Object({
  name: FileNameSchema,
  kind: FileKindSchema,
  /** Whose track it is; null: everybody's. */
  participant: nullable(Type.Object({ id: ParticipantIdSchema, name: Type.String() })),
  /** Of a track: camera and microphone together, or the screen with its sound. */
  source: nullable(Type.Enum(['camera', 'screen'])),
  /** Media type, with codecs where there are any. */
  type: Type.String(),
  bytes: Type.Integer(),
  durationMs: nullable(Type.Number()),
  /** Hex. */
  sha256: Type.String({ pattern: '^[0-9a-f]{64}$' }),
});

/** As REST tells it: also what can be watched of a recording that still runs. */
const FileSchema = Type.Object({
  ...RecordedFileSchema.properties,
  /** Null while the recording still runs: the file grows. */
  bytes: nullable(Type.Integer()),
  sha256: nullable(Type.String()),
  url: Type.String(),
});

export const RecordingSchema = Type.Object({
  id: RecordingIdSchema,
  room: Type.Object({ id: RoomIdSchema, name: RoomNameSchema }),
  /** A message that somebody left: its room is nothing that people know of. */
  voicemail: Type.Boolean(),
  state: RecordingStateSchema,
  title: nullable(Type.String()),
  tags: Type.Array(Type.String()),
  startedBy: nullable(Type.String()),
  startedAt: Time,
  endedAt: nullable(Time),
  durationMs: Type.Number(),
  bytes: Type.Integer(),
  partial: Type.Boolean(),
  gaps: Type.Array(GapSchema),
  participants: Type.Array(PersonSchema),
  progress: nullable(Type.Number()),
  health: nullable(HealthSchema),
  stopReason: nullable(StopReasonSchema),
  failure: nullable(Type.String()),
  consentRequired: Type.Boolean(),
  /** When retention will delete it; null: never. */
  expiresAt: nullable(Time),
  files: Type.Array(FileSchema),
});

export const RecordingPageSchema = Type.Object({
  items: Type.Array(RecordingSchema),
  nextCursor: nullable(Type.String()),
});

const TitleSchema = Type.String({ minLength: 1, maxLength: 200, pattern: '^[^\\p{Cc}]+$' });
const TagsSchema = Type.Array(
  Type.String({ minLength: 1, maxLength: 64, pattern: '^[^\\p{Cc}]+$' }),
  {
    maxItems: 32,
    uniqueItems: true,
  },
);

export const RecordingPatchSchema = Type.Object(
  { title: Type.Optional(nullable(TitleSchema)), tags: Type.Optional(TagsSchema) },
  strict,
);

const SharePasswordSchema = Type.String({ minLength: 6, maxLength: 128 });

export const NewShareSchema = Type.Object(
  {
    expiresInSeconds: Type.Optional(Type.Integer({ minimum: 1, maximum: 31_536_000 })),
    /** Without it the link opens nothing. */
    password: Type.Optional(SharePasswordSchema),
  },
  strict,
);

export const ShareSchema = Type.Object({
  id: ShareIdSchema,
  createdAt: Time,
  expiresAt: Time,
  revokedAt: nullable(Time),
  hasPassword: Type.Boolean(),
});

/** The password of a link, to be changed for what opens it. */
export const OpenShareSchema = Type.Object({ password: SharePasswordSchema }, strict);

/** `url` is good for as long as the link, and asks for no password. */
export const OpenedShareSchema = Type.Object({ url: Type.String() });

/** The only answer that ever holds the link. */
export const CreatedShareSchema = Type.Object({ ...ShareSchema.properties, url: Type.String() });

export const SharePageSchema = Type.Object({
  items: Type.Array(ShareSchema),
  nextCursor: nullable(Type.String()),
});

/** How recording works in a room. */
export const RecordingSettingsSchema = Type.Object({
  /** Who may record beside the owner, moderators and tokens with `roomRecord`. */
  allowed: Type.Enum(['moderators', 'everybody']),
  /** Record by itself while at least one person is there. */
  automatic: Type.Boolean(),
  /** Nobody is recorded who has not agreed. */
  consent: Type.Boolean(),
  /** Days after its end, then it is deleted; null: the server's rule. */
  keepDays: nullable(Type.Integer({ minimum: 1, maximum: 36_500 })),
  /** Bytes of all recordings of the room; the oldest go first. Null: the server's rule. */
  keepBytes: nullable(Type.Integer({ minimum: 1_000_000, maximum: 1e15 })),
});

export const StorageSchema = Type.Object({
  recordings: Type.Integer(),
  /** Of all recordings' files. */
  usedBytes: Type.Integer(),
  freeBytes: Type.Integer(),
  totalBytes: Type.Integer(),
  /** Below this much free space nothing is recorded. */
  floorBytes: Type.Integer(),
  /** It will be reached soon. */
  low: Type.Boolean(),
  /** At the rate of what was recorded so far; null: nothing was. */
  hoursLeft: nullable(Type.Number()),
});

/** What everybody in a room is told of its recording. */
export const RecordingStatusSchema = Type.Object({
  id: RecordingIdSchema,
  state: Type.Enum(['starting', 'recording', 'paused', 'stopping']),
  startedAt: Time,
  startedBy: nullable(Type.String()),
  /** Milliseconds of the recording that are safely on disk. */
  onDiskMs: Type.Number(),
  /** Writing does not get on. */
  stalled: Type.Boolean(),
  consentRequired: Type.Boolean(),
  /** Participants who are not recorded because they have not agreed. */
  unrecorded: Type.Array(ParticipantIdSchema),
});

export type RecordingState = Static<typeof RecordingStateSchema>;
export type StopReason = Static<typeof StopReasonSchema>;
export type Gap = Static<typeof GapSchema>;
export type Person = Static<typeof PersonSchema>;
export type Health = Static<typeof HealthSchema>;
export type Grade = Static<typeof GradeSchema>;
export type FileKind = Static<typeof FileKindSchema>;
export type RecordedFile = Static<typeof RecordedFileSchema>;
export type RecordingResource = Static<typeof RecordingSchema>;
export type RecordingPage = Static<typeof RecordingPageSchema>;
export type RecordingPatch = Static<typeof RecordingPatchSchema>;
export type NewShare = Static<typeof NewShareSchema>;
export type ShareResource = Static<typeof ShareSchema>;
export type OpenedShare = Static<typeof OpenedShareSchema>;
export type CreatedShare = Static<typeof CreatedShareSchema>;
export type RecordingSettings = Static<typeof RecordingSettingsSchema>;
export type RecordingStatus = Static<typeof RecordingStatusSchema>;
