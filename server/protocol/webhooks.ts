import { Type, type Static } from 'typebox';
import { DeliveryIdSchema, WebhookIdSchema } from './ids.ts';

/** Webhooks as REST tells of them, and what they tell (Standard Webhooks). */

const strict = { additionalProperties: false } as const;
const Time = Type.String({ format: 'date-time' });

export const EVENT_TYPES = [
  'room.started',
  'room.ended',
  'participant.joined',
  'participant.left',
  'recording.started',
  'recording.stopped',
  'recording.ready',
  'recording.failed',
  'call.missed',
  'voicemail.created',
  'voicemail.read',
] as const;
export type EventType = (typeof EVENT_TYPES)[number];

const EventTypesSchema = Type.Array(Type.Enum(EVENT_TYPES), { minItems: 1, uniqueItems: true });

export const NewWebhookSchema = Type.Object(
  {
    /** https; private addresses are refused. */
    url: Type.String({ pattern: '^https://[^\\s#@]+$', maxLength: 2048 }),
    /** Absent: all of them, those of later versions too. */
    events: Type.Optional(EventTypesSchema),
  },
  strict,
);

export const WebhookSchema = Type.Object({
  id: WebhookIdSchema,
  url: Type.String(),
  events: Type.Union([Type.Array(Type.Enum(EVENT_TYPES)), Type.Null()]),
  createdAt: Time,
  /** Nothing is sent there any more: it answered 410, or has failed for days. */
  disabledAt: Type.Union([Time, Type.Null()]),
});
export type WebhookResource = Static<typeof WebhookSchema>;

export const CreatedWebhookSchema = Type.Object({
  ...WebhookSchema.properties,
  /** `whsec_…`: what signatures are checked with. Told here and never again. */
  secret: Type.String(),
});

export type CreatedWebhook = Static<typeof CreatedWebhookSchema>;

export const WebhookPageSchema = Type.Object({
  items: Type.Array(WebhookSchema),
  nextCursor: Type.Union([Type.String(), Type.Null()]),
});

export const DeliverySchema = Type.Object({
  /** The `webhook-id` of all its attempts. */
  id: DeliveryIdSchema,
  type: Type.String(),
  createdAt: Time,
  /** `pending`: it is on its way, or tried again at `nextAttemptAt`. */
  state: Type.Enum(['pending', 'delivered', 'failed']),
  attempts: Type.Integer(),
  nextAttemptAt: Type.Union([Time, Type.Null()]),
  /** Of the last attempt; null: there was no answer. */
  status: Type.Union([Type.Integer(), Type.Null()]),
  durationMs: Type.Union([Type.Integer(), Type.Null()]),
  /** Why there was no answer. */
  error: Type.Union([Type.String(), Type.Null()]),
});
export type DeliveryResource = Static<typeof DeliverySchema>;

export const DeliveryPageSchema = Type.Object({
  items: Type.Array(DeliverySchema),
  nextCursor: Type.Union([Type.String(), Type.Null()]),
});
