import { Type, type TSchema } from 'typebox';

/** What the schemas of messages are made of. */

export const strict = { additionalProperties: false } as const;
export const Empty = Type.Object({}, strict);

/** Opaque secrets: an owner secret, a resume token, a call key. */
export const Secret = Type.String({ pattern: '^[A-Za-z0-9_-]{16,128}$' });

export const message = <D extends TSchema, R extends TSchema>(data: D, reply: R) => ({
  data,
  reply,
});
