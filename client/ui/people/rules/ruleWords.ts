import type { Rule, RuleCondition } from '../../../../server/protocol/calls.ts';

export const CONDITION_WORDS = {
  always: 'Always',
  busy: 'When I am in a call',
  noAnswer: 'When I do not answer',
  offline: 'When I am not here',
} as const satisfies Record<RuleCondition, string>;

export const DAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'] as const;

/** From here on a run of days is said by its ends. */
const RUN = 3;

const nameOf = (day: number): string => DAYS[day - 1] ?? '';

/** “Mon–Fri”, “Mon, Wed” */
export const daysWords = (days: readonly number[]): string => {
  if (days.length === DAYS.length) return 'every day';
  const runs: number[][] = [];
  for (const day of days.toSorted((a, b) => a - b)) {
    const run = runs.at(-1);
    if (run?.at(-1) === day - 1) run.push(day);
    else runs.push([day]);
  }
  return runs
    .flatMap((run) =>
      run.length >= RUN
        ? [`${nameOf(run[0] ?? 0)}–${nameOf(run.at(-1) ?? 0)}`]
        : run.map((day) => nameOf(day)),
    )
    .join(', ');
};

/** What it does: “When I do not answer: forward to @ben” */
export const ruleWords = ({ when, then }: Rule): string =>
  `${CONDITION_WORDS[when]}: ${'forwardTo' in then ? `forward to @${then.forwardTo}` : 'voicemail'}`;

const callersWords = (callers: Rule['callers']): string => {
  if (callers === undefined) return 'Whoever calls';
  if (callers === 'members') return 'Callers with an account here';
  if (callers === 'guests') return 'Guests';
  return `Only ${callers.map((name) => `@${name}`).join(', ')}`;
};

/** For whom and when: “Guests · Mon–Fri, 18:00 to 08:00” */
export const scopeWords = ({ callers, hours }: Rule): string => {
  const time =
    hours === undefined
      ? 'at any time'
      : `${daysWords(hours.days)}, ${hours.from} to ${hours.to}${hours.from < hours.to ? '' : ' the next day'}`;
  return `${callersWords(callers)} · ${time}`;
};
