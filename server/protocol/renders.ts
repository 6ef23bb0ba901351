import { Type, type Static } from 'typebox';
import { FileNameSchema } from './recordings.ts';
import { ParticipantIdSchema, RecordingIdSchema, RenderIdSchema } from './ids.ts';

/** Shapes of renders: one video or sound of a whole recording, made of its tracks as often as liked. */

const strict = { additionalProperties: false } as const;
const Time = Type.String({ format: 'date-time' });
const nullable = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) =>
  Type.Union([schema, Type.Null()]);
const People = Type.Array(ParticipantIdSchema, { maxItems: 1_000, uniqueItems: true });

/** A stretch of the recording's own clock. */
export const StretchSchema = Type.Object({ fromMs: Type.Number(), toMs: Type.Number() }, strict);

export const RenderLayoutSchema = Type.Enum(['grid', 'speaker', 'screen', 'single', 'audio'], {
  description:
    '`grid`: everybody alike. `speaker`: large who speaks. `screen`: large what is shown, beside it who speaks. `single`: one person. `audio`: sound only.',
});

/** What is wished for; all of it has a default. */
export const RenderWishSchema = Type.Object(
  {
    layout: Type.Optional(RenderLayoutSchema),
    /** Of the layout `single`. */
    person: Type.Optional(ParticipantIdSchema),
    /** Neither seen nor heard. */
    without: Type.Optional(People),
    /** Seen, not heard. */
    silenced: Type.Optional(People),
    /** Of the recording's own clock. */
    fromMs: Type.Optional(Type.Number({ minimum: 0, maximum: 1e9 })),
    toMs: Type.Optional(Type.Number({ minimum: 0, maximum: 1e9 })),
    size: Type.Optional(Type.Enum(['720p', '1080p', 'portrait'])),
    format: Type.Optional(Type.Enum(['mp4', 'webm'])),
    /** `cut`: pauses are left out. `mark`: a card tells of them. */
    pauses: Type.Optional(Type.Enum(['cut', 'mark'])),
  },
  strict,
);

export const RenderSpecSchema = Type.Object(
  {
    layout: RenderLayoutSchema,
    person: nullable(ParticipantIdSchema),
    without: People,
    silenced: People,
    fromMs: Type.Number(),
    /** Null: to the end. */
    toMs: nullable(Type.Number()),
    size: Type.Enum(['720p', '1080p', 'portrait']),
    format: Type.Enum(['mp4', 'webm']),
    pauses: Type.Enum(['cut', 'mark']),
  },
  strict,
);

export const RenderStateSchema = Type.Enum(['queued', 'rendering', 'ready', 'failed']);

export const RenderSchema = Type.Object({
  id: RenderIdSchema,
  recordingId: RecordingIdSchema,
  spec: RenderSpecSchema,
  state: RenderStateSchema,
  /** 0 to 1. */
  progress: Type.Number(),
  /** An estimate, from how fast it went so far; null: not known. */
  remainingMs: nullable(Type.Number()),
  createdAt: Time,
  endedAt: nullable(Time),
  /** In words. */
  failure: nullable(Type.String()),
  /** Name of the finished file. */
  file: nullable(FileNameSchema),
  /** What of the recording's clock is in the file, in order; empty until it is ready. */
  kept: Type.Array(StretchSchema),
});

export const RenderPageSchema = Type.Object({
  items: Type.Array(RenderSchema),
  nextCursor: nullable(Type.String()),
});

export type RenderLayout = Static<typeof RenderLayoutSchema>;
export type RenderWish = Static<typeof RenderWishSchema>;
export type RenderSpec = Static<typeof RenderSpecSchema>;
export type RenderState = Static<typeof RenderStateSchema>;
export type RenderResource = Static<typeof RenderSchema>;
export type Stretch = Static<typeof StretchSchema>;
