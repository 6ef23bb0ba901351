import { Type, type Static, type TSchema } from 'typebox';
import { CallIdSchema, DisplayNameSchema, RoomIdSchema } from './ids.ts';
import { UserNameSchema } from './people.ts';

/** Calls as REST and the socket tell of them, and the rules of who rings. */

const strict = { additionalProperties: false } as const;
const Time = Type.String({ format: 'date-time' });
const orNull = <T extends TSchema>(schema: T) => Type.Union([schema, Type.Null()]);

export const CALL_STATES = ['ringing', 'active', 'ended'] as const;
export type CallStateName = (typeof CALL_STATES)[number];

/** How a call ended. The caller is told `unavailable` for those that say what only the callee should. */
export const CALL_OUTCOMES = [
  'completed',
  'declined',
  /** The caller hung up while it rang. */
  'cancelled',
  'noAnswer',
  'busy',
  'doNotDisturb',
  'offline',
  'blocked',
  /** Nobody of that name, or a rule says so. */
  'unavailable',
  /** It went on as another call. */
  'transferred',
  /** Answered, but they never came together. */
  'failed',
  /** The server was away for too long. */
  'interrupted',
] as const;
const CallOutcomeSchema = Type.Enum(CALL_OUTCOMES);
export type CallOutcome = (typeof CALL_OUTCOMES)[number];

export const PartySchema = Type.Object({
  /** Null: a guest. */
  name: orNull(UserNameSchema),
  displayName: DisplayNameSchema,
});
export type PartyState = Static<typeof PartySchema>;

/** A call as one of the two sees it. */
export const CallStateSchema = Type.Object({
  id: CallIdSchema,
  direction: Type.Enum(['outgoing', 'incoming']),
  /** Who is at the other end, or was asked for. */
  other: PartySchema,
  state: Type.Enum(CALL_STATES),
  outcome: orNull(CallOutcomeSchema),
  /** The caller would like to be seen. */
  video: Type.Boolean(),
  startedAt: Time,
  /** It rings no longer than this. */
  ringUntil: orNull(Time),
  answeredAt: orNull(Time),
  endedAt: orNull(Time),
  /** Where they talk. Several calls can share one: somebody was added. */
  roomId: RoomIdSchema,
  /** Who brought the two together: transferred the call, or added somebody to one. */
  via: orNull(DisplayNameSchema),
  /** A message can be left now: `leaveMessage`. */
  mailbox: Type.Boolean(),
  /** Who has put it on hold. */
  heldBy: Type.Array(Type.Enum(['self', 'other'])),
});
export type CallState = Static<typeof CallStateSchema>;

/** The way into the room of a call: for `join`, as room and token. */
export const AdmissionSchema = Type.Object({ roomId: RoomIdSchema, token: Type.String() });
export type CallAdmission = Static<typeof AdmissionSchema>;

/** A line of somebody's history. */
export const CallSchema = Type.Object({
  id: CallIdSchema,
  direction: Type.Enum(['outgoing', 'incoming']),
  other: PartySchema,
  state: Type.Enum(CALL_STATES),
  outcome: orNull(CallOutcomeSchema),
  video: Type.Boolean(),
  startedAt: Time,
  answeredAt: orNull(Time),
  endedAt: orNull(Time),
  /** Of talk. */
  durationMs: Type.Number(),
  via: orNull(DisplayNameSchema),
  /** It was for you, and you did not have it. */
  missed: Type.Boolean(),
  /** The missed ones: have you seen that? */
  seen: Type.Boolean(),
});
export type CallResource = Static<typeof CallSchema>;

export const CallPageSchema = Type.Object({
  items: Type.Array(CallSchema),
  nextCursor: orNull(Type.String()),
});
export type CallPage = Static<typeof CallPageSchema>;

export const RULE_CONDITIONS = ['always', 'busy', 'noAnswer', 'offline'] as const;
export type RuleCondition = (typeof RULE_CONDITIONS)[number];

const ClockTime = Type.String({
  pattern: '^([01]\\d|2[0-3]):[0-5]\\d$',
  description: 'Such as 09:30, in the time zone of the settings.',
});

export const RuleSchema = Type.Object(
  {
    when: Type.Enum(RULE_CONDITIONS),
    /** Of whom; absent: whoever calls. */
    callers: Type.Optional(
      Type.Union([
        Type.Enum(['members', 'guests']),
        Type.Array(UserNameSchema, { minItems: 1, maxItems: 100 }),
      ]),
    ),
    /** Absent: at any time. Past midnight when `from` is later than `to`. */
    hours: Type.Optional(
      Type.Object(
        {
          /** 1 is Monday, 7 Sunday: the day on which it begins. */
          days: Type.Array(Type.Integer({ minimum: 1, maximum: 7 }), {
            minItems: 1,
            maxItems: 7,
            uniqueItems: true,
          }),
          from: ClockTime,
          to: ClockTime,
        },
        strict,
      ),
    ),
    then: Type.Union([
      Type.Object({ forwardTo: UserNameSchema }, strict),
      Type.Object({ voicemail: Type.Literal(true) }, strict),
    ]),
  },
  strict,
);
export type Rule = Static<typeof RuleSchema>;

/** What happens to calls for somebody. Of the rules for one condition the first that fits counts. */
export const CallPlanSchema = Type.Object(
  {
    rules: Type.Array(RuleSchema, { maxItems: 50 }),
    /** They are told that nobody can be reached, and hear no ringing. */
    blocked: Type.Array(UserNameSchema, { maxItems: 500, uniqueItems: true }),
    blockGuests: Type.Boolean(),
  },
  strict,
);
export type CallPlan = Static<typeof CallPlanSchema>;

export const TrialSchema = Type.Object(
  {
    /** A user name; absent: a guest. */
    caller: Type.Optional(UserNameSchema),
    /** Absent: now. */
    at: Type.Optional(Time),
  },
  strict,
);
export type Trial = Static<typeof TrialSchema>;

/** What would happen, step by step. */
export const TrialResultSchema = Type.Object({
  steps: Type.Array(
    Type.Object({
      user: UserNameSchema,
      does: Type.Enum(['ring', 'forward', 'voicemail', 'refuse']),
      because: Type.Enum([
        'free',
        'always',
        'blocked',
        'doNotDisturb',
        'offline',
        'busy',
        'noAnswer',
        'loop',
        'noSuchUser',
      ]),
      ringSeconds: orNull(Type.Integer()),
      /** Which of the rules, counted from 0. */
      rule: orNull(Type.Integer()),
    }),
  ),
});
export type TrialResult = Static<typeof TrialResultSchema>;
