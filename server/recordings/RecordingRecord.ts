import { Type, type Static } from 'typebox';
import { Compile } from 'typebox/compile';
import {
  GapSchema,
  HealthSchema,
  PersonSchema,
  RecordedFileSchema,
  RecordingStateSchema,
  StopReasonSchema,
  type RecordingSettings,
} from '../protocol/recordings.ts';
import {
  newId,
  RecordingIdSchema,
  RoomIdSchema,
  RoomNameSchema,
  UserIdSchema,
  VoicemailIdSchema,
  type UserId,
} from '../protocol/ids.ts';

/**
 * All that is kept of a recording beside its media. It is the row in the database and, word for
 * word, the `manifest.json` in the recording's folder: either can be rebuilt from the other.
 */
export const RecordingRecordSchema = Type.Object({
  version: Type.Literal(1),
  id: RecordingIdSchema,
  room: Type.Object({ id: RoomIdSchema, name: RoomNameSchema }),
  /** Hex. Whoever holds the room's owner secret may have the recording, room or no room. */
  ownerSecretHash: Type.String({ pattern: '^[0-9a-f]{64}$' }),
  /** Who owned the room by their account; absent in what older versions wrote. */
  ownerId: Type.Optional(Type.Union([UserIdSchema, Type.Null()])),
  /** It is a message of somebody's, and in no list of recordings. */
  voicemail: Type.Optional(VoicemailIdSchema),
  state: RecordingStateSchema,
  title: Type.Union([Type.String({ maxLength: 200 }), Type.Null()]),
  tags: Type.Array(Type.String({ maxLength: 64 }), { maxItems: 32 }),
  /** Display name of whoever started it; null: a program, or the room by itself. */
  startedBy: Type.Union([Type.String(), Type.Null()]),
  /** Milliseconds since 1970 of the zero of the recording's own clock. */
  startedAt: Type.Number(),
  endedAt: Type.Union([Type.Number(), Type.Null()]),
  durationMs: Type.Number(),
  /** Not all of it could be kept: see `gaps`. */
  partial: Type.Boolean(),
  gaps: Type.Array(GapSchema),
  people: Type.Array(PersonSchema),
  files: Type.Array(RecordedFileSchema),
  health: Type.Union([HealthSchema, Type.Null()]),
  /** 0 to 1 while finishing. */
  progress: Type.Union([Type.Number(), Type.Null()]),
  stopReason: Type.Union([StopReasonSchema, Type.Null()]),
  /** In words, when `state` is `failed`. */
  failure: Type.Union([Type.String(), Type.Null()]),
  /** Was everybody asked? */
  consentRequired: Type.Boolean(),
  /** Retention of the room at the time; null: no limit of its own. */
  keepDays: Type.Union([Type.Number(), Type.Null()]),
  keepBytes: Type.Union([Type.Number(), Type.Null()]),
});

export type RecordingRecord = Static<typeof RecordingRecordSchema>;

/** The room as a recording takes it over. */
export interface RecordedRoom {
  readonly id: RecordingRecord['room']['id'];
  readonly name: string;
  readonly ownerSecretHash: Buffer;
  readonly ownerId: UserId | null;
  readonly recording: RecordingSettings;
}

/** Of a recording that somebody has just asked for. */
export const newRecord = (
  { id, name, ownerSecretHash, ownerId, recording }: RecordedRoom,
  begin: Pick<RecordingRecord, 'startedBy' | 'startedAt' | 'voicemail'>,
): RecordingRecord => ({
  version: 1,
  id: newId('rec'),
  room: { id, name },
  ownerSecretHash: ownerSecretHash.toString('hex'),
  ownerId,
  state: 'requested',
  title: null,
  tags: [],
  ...begin,
  endedAt: null,
  durationMs: 0,
  partial: false,
  gaps: [],
  people: [],
  files: [],
  health: null,
  progress: null,
  stopReason: null,
  failure: null,
  consentRequired: recording.consent,
  keepDays: recording.keepDays,
  keepBytes: recording.keepBytes,
});

const check = Compile(RecordingRecordSchema);

/** The record in a manifest, or undefined when it is none. */
export const readRecord = (text: string): RecordingRecord | undefined => {
  try {
    const value: unknown = JSON.parse(text);
    return check.Check(value) ? value : undefined;
  } catch {
    return undefined;
  }
};

/** Bytes of all finished files. */
export const bytesOf = (record: RecordingRecord): number =>
  record.files.reduce((sum, { bytes }) => sum + bytes, 0);
