import { Type, type Static } from 'typebox';

/** What callers hear before the beep, as REST tells of it. */

const strict = { additionalProperties: false } as const;
const Time = Type.String({ format: 'date-time' });

/**
 * `temporary`: before all others, until it ends. `busy`: for who calls while one talks. `unavailable`: for
 * everybody else. `name`: only the name, followed by words of ours.
 */
export const GREETING_KINDS = ['temporary', 'busy', 'unavailable', 'name'] as const;
export type GreetingKind = (typeof GREETING_KINDS)[number];

/** ISO 639, as `de`: regions do not matter to who listens. */
export const LanguageSchema = Type.String({ pattern: '^[a-z]{2,3}$' });

export const GreetingSchema = Type.Object({
  kind: Type.Enum(GREETING_KINDS),
  /** For callers whose browsers speak it; null: for all others. */
  language: Type.Union([LanguageSchema, Type.Null()]),
  /** Of a temporary one: when it ends. */
  until: Type.Union([Time, Type.Null()]),
  /** It has ended, and callers hear the next best. */
  expired: Type.Boolean(),
  durationMs: Type.Integer(),
  bytes: Type.Integer(),
  updatedAt: Time,
  /** Ogg with Opus. */
  url: Type.String(),
});
export type Greeting = Static<typeof GreetingSchema>;

export const GreetingListSchema = Type.Object({ items: Type.Array(GreetingSchema) });

export const GreetingParamsSchema = Type.Object({ kind: Type.Enum(GREETING_KINDS) });

export const GreetingQuerySchema = Type.Object({ language: Type.Optional(LanguageSchema) }, strict);

export const GreetingPatchSchema = Type.Object({ until: GreetingSchema.properties.until }, strict);

export const NewGreetingQuerySchema = Type.Object(
  {
    ...GreetingQuerySchema.properties,
    until: Type.Optional(Time),
  },
  strict,
);
