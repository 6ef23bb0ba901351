import { Type, type Static } from 'typebox';
import type { PartyState } from './calls.ts';
import { PushIdSchema, type CallId, type VoicemailId } from './ids.ts';

/** Web Push as REST tells of it, and what is pushed. */

const strict = { additionalProperties: false } as const;

/** `JSON.stringify` of a browser's PushSubscription. */
export const NewPushSubscriptionSchema = Type.Object(
  {
    endpoint: Type.String({ minLength: 1, maxLength: 2048 }),
    expirationTime: Type.Optional(Type.Union([Type.Number(), Type.Null()])),
    keys: Type.Object(
      {
        p256dh: Type.String({ pattern: '^[\\w-]{87}$' }),
        auth: Type.String({ pattern: '^[\\w-]{22}$' }),
      },
      strict,
    ),
  },
  strict,
);
export type NewPushSubscription = Static<typeof NewPushSubscriptionSchema>;

/** A browser that is told while no page is open in it. */
export const PushSubscriptionSchema = Type.Object({
  id: PushIdSchema,
  /** Such as “Firefox on Linux”. */
  device: Type.String(),
  createdAt: Type.String({ format: 'date-time' }),
  /** The one that asks. */
  current: Type.Boolean(),
});

export const PushSchema = Type.Object({
  /** The `applicationServerKey` of `pushManager.subscribe` (RFC 8292), base64url. */
  publicKey: Type.String(),
  subscriptions: Type.Array(PushSubscriptionSchema),
});
export type PushResource = Static<typeof PushSchema>;

/** What the service worker is told. */
export type PushMessage =
  | {
      readonly kind: 'call';
      readonly callId: CallId;
      readonly from: PartyState;
      readonly video: boolean;
      /** The page on which it is answered. */
      readonly page: string;
    }
  | {
      /** It rings there no more. */
      readonly kind: 'callEnded';
      readonly callId: CallId;
      readonly from: PartyState;
      /** They would have wanted to know. */
      readonly missed: boolean;
      readonly page: string;
    }
  | {
      /** They left a message. */
      readonly kind: 'message';
      readonly messageId: VoicemailId;
      readonly from: PartyState;
      readonly durationMs: number;
      readonly urgent: boolean;
      /** How many there are that nobody has heard. */
      readonly waiting: number;
      readonly page: string;
    };
