import type { Account } from '../accounts/Account.ts';
import type { CallPlan, Rule, RuleCondition, TrialResult } from '../protocol/calls.ts';
import { foldUserName } from '../protocol/people.ts';

/** Who calls, as rules see it. */
export interface Caller {
  /** Null: a guest. */
  readonly name: string | null;
}

/** Somebody a call could ring at, as they are now. */
export interface Target {
  readonly account: Account;
  readonly plan: CallPlan;
  /** Is there a browser, or anything else, that would ring? */
  readonly reachable: boolean;
  readonly busy: boolean;
}

type Step = TrialResult['steps'][number];
type Reason = Step['because'];

/** What is to be done with a call now. */
export type Route =
  | { readonly does: 'ring'; readonly target: Target }
  /** Nobody rings: whoever it was for last could be left a message. */
  | { readonly does: 'voicemail'; readonly target: Target; readonly because: Reason }
  | { readonly does: 'refuse'; readonly target: Target | undefined; readonly because: Reason };

export interface Routed {
  readonly route: Route;
  /** Those who have forwarded it, from the first to the last. */
  readonly forwardedBy: readonly Account[];
  readonly steps: readonly Step[];
}

/** Further is a maze rather than a plan. */
const MAX_FORWARDS = 5;

export const emptyPlan: CallPlan = Object.freeze({ rules: [], blocked: [], blockGuests: false });

export interface RoutingQuestion {
  readonly caller: Caller;
  /** The name that was asked for, or that a rule says. */
  readonly to: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** By folded name. */
  readonly find: (name: string) => Promise<Target | undefined>;
  /** It rang at `to` in vain. */
  readonly unanswered?: boolean;
  /** Names that have had the call already. */
  readonly seen?: readonly string[];
}

/** Where a call goes: the rules of who is called, and of those it is forwarded to. */
export const routeCall = async (question: RoutingQuestion): Promise<Routed> => {
  const { caller, at, find } = question;
  const seen = new Set(question.seen);
  const steps: Step[] = [];
  const forwardedBy: Account[] = [];
  let name = foldUserName(question.to);
  let unanswered = question.unanswered ?? false;
  let last: Target | undefined;
  for (;;) {
    const target = await find(name);
    if (!target || seen.has(name) || forwardedBy.length > MAX_FORWARDS) {
      const because: Reason = target ? 'loop' : 'noSuchUser';
      // What cannot be forwarded stays with who would have forwarded it.
      const does = last ? 'voicemail' : 'refuse';
      steps.push(stepOf(name, does, because));
      const route: Route = last
        ? { does: 'voicemail', target: last, because }
        : { does: 'refuse', target, because };
      return { route, forwardedBy, steps };
    }
    seen.add(name);
    const decision = decide(target, { caller, at, unanswered });
    const { account } = target;
    if (decision.does === 'forward') {
      steps.push(stepOf(name, 'forward', decision.because, { rule: decision.rule }));
      forwardedBy.push(account);
      last = target;
      name = foldUserName(decision.to);
      unanswered = false;
      continue;
    }
    if (decision.does === 'ring') {
      const { ringSeconds } = account.settings;
      steps.push(stepOf(name, 'ring', 'free', { ringSeconds }));
      return { route: { does: 'ring', target }, forwardedBy, steps };
    }
    const { does, because } = decision;
    steps.push(stepOf(name, does, because, { rule: decision.rule ?? null }));
    return { route: { does, target, because }, forwardedBy, steps };
  }
};

const stepOf = (
  user: string,
  does: Step['does'],
  because: Reason,
  more: { ringSeconds?: number; rule?: number | null } = {},
): Step => ({
  user,
  does,
  because,
  ringSeconds: more.ringSeconds ?? null,
  rule: more.rule ?? null,
});

type Decision =
  | { readonly does: 'ring' }
  | {
      readonly does: 'forward';
      readonly to: string;
      readonly because: Reason;
      readonly rule: number;
    }
  | { readonly does: 'voicemail' | 'refuse'; readonly because: Reason; readonly rule?: number };

interface Situation {
  readonly caller: Caller;
  readonly at: number;
  readonly unanswered: boolean;
}

const decide = (target: Target, situation: Situation): Decision => {
  const { account, plan, reachable, busy } = target;
  if (isBlocked(plan, situation.caller)) return { does: 'refuse', because: 'blocked' };
  const follow = (condition: RuleCondition): Decision | undefined =>
    followRule(target, condition, situation);
  if (situation.unanswered) return follow('noAnswer') ?? give('noAnswer');
  const always = follow('always');
  if (always) return always;
  if (account.settings.availability === 'doNotDisturb') return give('doNotDisturb');
  if (!reachable) return follow('offline') ?? give('offline');
  if (busy) return follow('busy') ?? give('busy');
  return { does: 'ring' };
};

const give = (because: Reason): Decision => ({ does: 'voicemail', because });

export const isBlocked = ({ blocked, blockGuests }: CallPlan, { name }: Caller): boolean =>
  name === null ? blockGuests : blocked.some((other) => foldUserName(other) === name);

const followRule = (
  { account, plan }: Target,
  condition: RuleCondition,
  { caller, at }: Situation,
): Decision | undefined => {
  const { timeZone } = account.settings;
  const rule = plan.rules.findIndex(
    ({ when, callers, hours }) =>
      when === condition && isAmong(callers, caller) && isWithin(hours, at, timeZone),
  );
  const found = plan.rules[rule];
  if (!found) return undefined;
  const because = condition;
  if ('voicemail' in found.then) return { does: 'voicemail', because, rule };
  return { does: 'forward', to: found.then.forwardTo, because, rule };
};

const isAmong = (callers: Rule['callers'], { name }: Caller): boolean => {
  if (callers === undefined) return true;
  if (callers === 'guests') return name === null;
  if (callers === 'members') return name !== null;
  return name !== null && callers.some((other) => foldUserName(other) === name);
};

/** Does this moment lie in the hours, as clocks show them in the time zone? */
export const isWithin = (hours: Rule['hours'], at: number, timeZone: string): boolean => {
  if (hours === undefined) return true;
  const { days, from, to } = hours;
  const { day, time } = localTime(at, timeZone);
  if (from < to) return days.includes(day) && from <= time && time < to;
  // Past midnight it is still the day on which it began.
  const before = day === 1 ? 7 : day - 1;
  return (days.includes(day) && from <= time) || (days.includes(before) && time < to);
};

const DAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

const localTime = (at: number, timeZone: string): { day: number; time: string } => {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  const parts = Object.fromEntries(
    format.formatToParts(at).map(({ type, value }) => [type, value]),
  );
  return {
    day: DAYS.indexOf(parts['weekday'] ?? '') + 1,
    time: `${parts['hour']}:${parts['minute']}`,
  };
};
