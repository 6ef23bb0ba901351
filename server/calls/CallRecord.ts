import { AppError } from '../base/AppError.ts';
import type { CallOutcome, CallStateName } from '../protocol/calls.ts';
import type { CallId, RoomId, UserId } from '../protocol/ids.ts';

/** One of the two of a call. */
export interface Party {
  /** Null: a guest. */
  readonly userId: UserId | null;
  readonly name: string | null;
  readonly displayName: string;
  /** The identity that its participant has in the room. */
  readonly leg: string;
  /** Takes no messages. */
  readonly mailbox?: false;
}

export type Side = 'caller' | 'callee';

export const otherSide = (side: Side): Side => (side === 'caller' ? 'callee' : 'caller');

/** All that is kept of a call. Times are ms since 1970. */
export interface CallRecord {
  readonly id: CallId;
  readonly caller: Party;
  readonly callee: Party;
  /** The name the caller called; `callee` may be who it was forwarded to. */
  readonly asked: string;
  readonly roomId: RoomId;
  readonly state: CallStateName;
  /** As it was; `told` says what the caller hears of it. */
  readonly outcome: CallOutcome | null;
  readonly video: boolean;
  readonly startedAt: number;
  readonly ringUntil: number | null;
  readonly answeredAt: number | null;
  readonly endedAt: number | null;
  /** Who brought the two together; null: the caller called. */
  readonly via: Via | null;
  /** Has forwarded it, in this order. */
  readonly forwardedBy: readonly UserId[];
  /** SHA-256 of the caller's key, hex; null: the caller has none for this one. */
  readonly callerKeyHash: string | null;
  readonly missedSeenAt: number | null;
  /** Who does not want to see it in their history any more. */
  readonly hiddenFrom: readonly UserId[];
}

export interface Via {
  readonly userId: UserId | null;
  readonly name: string | null;
  readonly displayName: string;
  /** A blind transfer comes back when nobody answers. */
  readonly comesBack: boolean;
}

export interface HistoryQuery {
  readonly userId?: UserId | undefined;
  readonly missed?: boolean | undefined;
  readonly before?: string | undefined;
  readonly limit: number;
}

export interface CallStore {
  /** Inserts or replaces. */
  put(call: CallRecord): Promise<void>;
  /** If it is in the history of this person. */
  get(id: CallId, userId: UserId): Promise<CallRecord | undefined>;
  /** Newest first. */
  history(query: HistoryQuery): Promise<CallRecord[]>;
  /** How many somebody missed, and has not seen to be. */
  missedCount(userId: UserId): Promise<number>;
  /** They have seen them now. */
  seeMissed(userId: UserId, at: number): Promise<void>;
  /** Those that had not ended. */
  open(): Promise<CallRecord[]>;
  /** Removes those that ended before this time, or are in nobody's history. */
  prune(before: number): Promise<void>;
  /** The calls that are open were so at this time. */
  alive(at: number): Promise<void>;
  /** When they were known to be open for the last time. */
  lastAlive(): Promise<number | undefined>;
}

export type CallEvent =
  | { readonly name: 'answered'; readonly at: number }
  | { readonly name: 'ended'; readonly at: number; readonly outcome: CallOutcome }
  /** The callee came in while a message was left instead: it is talked in the room of the message. */
  | { readonly name: 'pickedUp'; readonly at: number; readonly roomId: RoomId }
  /** It rings at somebody else, or there for longer. */
  | { readonly name: 'rung'; readonly callee: Party; readonly until: number; readonly by: UserId };

const ALLOWED: Readonly<Record<CallStateName, readonly CallEvent['name'][]>> = {
  ringing: ['answered', 'ended', 'rung'],
  active: ['ended'],
  ended: ['pickedUp'],
};

/** Which outcomes a call can have that was never answered, and that was. */
const UNANSWERED: ReadonlySet<CallOutcome> = new Set([
  'declined',
  'cancelled',
  'noAnswer',
  'busy',
  'doNotDisturb',
  'offline',
  'blocked',
  'unavailable',
  'interrupted',
]);
const ANSWERED: ReadonlySet<CallOutcome> = new Set([
  'completed',
  'transferred',
  'failed',
  'interrupted',
]);

/** The state machine. @throws AppError wrong_state for what cannot happen now */
export const after = (call: CallRecord, event: CallEvent): CallRecord => {
  if (!ALLOWED[call.state].includes(event.name)) {
    throw new AppError('wrong_state', WRONG[call.state]);
  }
  if (event.name === 'answered') {
    return { ...call, state: 'active', answeredAt: event.at, ringUntil: null };
  }
  if (event.name === 'pickedUp') {
    if (call.answeredAt !== null) throw new AppError('wrong_state', WRONG.ended);
    const { at: answeredAt, roomId } = event;
    return { ...call, state: 'active', answeredAt, roomId, outcome: null, endedAt: null };
  }
  if (event.name === 'rung') {
    const { callee, until: ringUntil, by } = event;
    return { ...call, callee, ringUntil, forwardedBy: [...call.forwardedBy, by] };
  }
  const { outcome, at: endedAt } = event;
  const outcomes = call.state === 'ringing' ? UNANSWERED : ANSWERED;
  if (!outcomes.has(outcome)) throw new AppError('wrong_state', WRONG[call.state]);
  return { ...call, state: 'ended', outcome, endedAt, ringUntil: null };
};

const WRONG: Readonly<Record<CallStateName, string>> = {
  ringing: 'The call is still ringing.',
  active: 'The call was answered already.',
  ended: 'The call is over.',
};

/** What only the callee should know of why there was no answer. */
const UNTOLD: ReadonlySet<CallOutcome> = new Set([
  'offline',
  'blocked',
  'doNotDisturb',
  'unavailable',
]);

/** The outcome as one side hears of it. */
export const told = ({ outcome }: CallRecord, side: Side): CallOutcome | null =>
  side === 'caller' && outcome && UNTOLD.has(outcome) ? 'unavailable' : outcome;

const MISSED: ReadonlySet<CallOutcome> = new Set([
  'cancelled',
  'noAnswer',
  'busy',
  'doNotDisturb',
  'offline',
  'unavailable',
  'interrupted',
]);

/** The callee would have wanted to know. */
export const isMissed = ({
  answeredAt,
  outcome,
}: {
  readonly answeredAt: unknown;
  readonly outcome: CallOutcome | null;
}): boolean => answeredAt === null && outcome !== null && MISSED.has(outcome);

export const sideOf = (call: CallRecord, userId: UserId): Side | undefined => {
  if (call.callee.userId === userId) return 'callee';
  return call.caller.userId === userId ? 'caller' : undefined;
};
