import { Type, type Static } from 'typebox';
import { ParticipantIdSchema, RecordingIdSchema, RenderIdSchema } from './ids.ts';
import { FileKindSchema } from './recordings.ts';

/** Shapes of erasures: somebody is taken out of a finished recording, for good. */

const Time = Type.String({ format: 'date-time' });

export const ErasedFileSchema = Type.Object({
  kind: FileKindSchema,
  bytes: Type.Integer(),
  sha256: Type.String(),
});

/** The receipt. It does not name whom it is about, and files only by their content: names tell names. */
export const ErasureSchema = Type.Object({
  recordingId: RecordingIdSchema,
  participantId: ParticipantIdSchema,
  askedAt: Time,
  /** Since then nothing of the person is left. Null: still under way. */
  erasedAt: Type.Union([Time, Type.Null()]),
  /** What was deleted: tracks, and everything that the person could be heard or seen in. */
  files: Type.Array(ErasedFileSchema),
  /** Renders that are made again, without the person. */
  renders: Type.Array(RenderIdSchema),
});

export const ErasureListSchema = Type.Object({ items: Type.Array(ErasureSchema) });

export type ErasedFile = Static<typeof ErasedFileSchema>;
export type ErasureResource = Static<typeof ErasureSchema>;
export type ErasureList = Static<typeof ErasureListSchema>;
