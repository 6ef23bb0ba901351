import type { Rule, RuleCondition } from '../../../../server/protocol/calls.ts';
import type { Problems } from '../../parts/useForm.ts';
import { readUserName, USER_NAME_RULE } from '../userName.ts';

export type RuleField = 'names' | 'days' | 'from' | 'to' | 'forwardTo';

/** A rule while it is being made. */
export interface RuleDraft {
  readonly when: RuleCondition;
  readonly callers: 'everybody' | 'members' | 'guests' | 'some';
  /** User names, as typed. */
  readonly names: string;
  readonly time: 'any' | 'hours';
  readonly days: readonly number[];
  readonly from: string;
  readonly to: string;
  readonly then: 'voicemail' | 'forward';
  readonly forwardTo: string;
}

const WORKDAYS = [1, 2, 3, 4, 5];

export const NEW_DRAFT: RuleDraft = {
  when: 'noAnswer',
  callers: 'everybody',
  names: '',
  time: 'any',
  days: WORKDAYS,
  from: '09:00',
  to: '17:00',
  then: 'forward',
  forwardTo: '',
};

const callersIn = (callers: Rule['callers']): Pick<RuleDraft, 'callers' | 'names'> => {
  if (callers === undefined) return { callers: 'everybody', names: '' };
  if (typeof callers === 'string') return { callers, names: '' };
  return { callers: 'some', names: callers.join(', ') };
};

export const draftOf = ({ when, callers, hours, then }: Rule): RuleDraft => ({
  ...NEW_DRAFT,
  when,
  ...callersIn(callers),
  ...(hours && { ...hours, time: 'hours' as const }),
  ...('forwardTo' in then
    ? { then: 'forward' as const, forwardTo: then.forwardTo }
    : { then: 'voicemail' as const }),
});

/** Null: one of them is none. */
const namesIn = (typed: string): readonly string[] | null => {
  const names = typed.split(/[\s,;]+/).filter((name) => name !== '');
  const read = names.map((name) => readUserName(name)).filter((name) => name !== null);
  return read.length === names.length ? [...new Set(read)] : null;
};

const readCallers = ({
  callers,
  names,
}: RuleDraft): { readonly callers?: NonNullable<Rule['callers']> } | { problem: string } => {
  if (callers === 'everybody') return {};
  if (callers !== 'some') return { callers };
  const read = namesIn(names);
  if (read === null) return { problem: USER_NAME_RULE };
  return read.length === 0
    ? { problem: 'Please type at least one user name.' }
    : { callers: [...read] };
};

const CLOCK_TIME = /^([01]\d|2[0-3]):[0-5]\d$/;

const hoursProblems = ({ time, days, from, to }: RuleDraft): Problems<RuleField> => {
  if (time === 'any') return {};
  return {
    ...(days.length === 0 && { days: 'Please choose at least one day.' }),
    ...(!CLOCK_TIME.test(from) && { from: 'Please give a time.' }),
    ...(!CLOCK_TIME.test(to) && { to: 'Please give a time.' }),
  };
};

/** What is typed as a rule, or what is the matter with it. */
export const readRule = (
  draft: RuleDraft,
): { readonly rule: Rule } | { readonly problems: Problems<RuleField> } => {
  const callers = readCallers(draft);
  const forwardTo = draft.then === 'forward' ? readUserName(draft.forwardTo) : null;
  const problems: Problems<RuleField> = {
    ...('problem' in callers && { names: callers.problem }),
    ...hoursProblems(draft),
    ...(draft.then === 'forward' &&
      forwardTo === null && { forwardTo: 'Please type a user name.' }),
  };
  if ('problem' in callers || Object.keys(problems).length > 0) return { problems };
  const { when, time, days, from, to } = draft;
  return {
    rule: {
      when,
      ...callers,
      ...(time === 'hours' && { hours: { days: days.toSorted((a, b) => a - b), from, to } }),
      then: forwardTo === null ? { voicemail: true } : { forwardTo },
    },
  };
};
