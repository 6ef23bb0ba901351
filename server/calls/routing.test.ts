import { describe, expect, test } from 'vitest';
import type { Account } from '../accounts/Account.ts';
import type { Availability } from '../protocol/people.ts';
import type { Rule } from '../protocol/calls.ts';
import { emptyPlan, isWithin, routeCall, type Target } from './routing.ts';

/** People as rules see them; all free and reachable unless a test says otherwise. */
const person = (
  name: string,
  more: Partial<Target['plan']> &
    Partial<Pick<Target, 'reachable' | 'busy'>> & { availability?: Availability } = {},
): Target => {
  const { reachable = true, busy = false, availability = 'automatic', ...plan } = more;
  const settings = { availability, ringSeconds: 25, timeZone: 'Europe/Berlin' };
  return {
    account: { name, settings } as Account,
    plan: { ...emptyPlan, ...plan },
    reachable,
    busy,
  };
};

/** In Berlin a Wednesday, 14:30. */
const AT = Date.parse('2026-01-07T13:30:00Z');

const route = async (
  people: readonly Target[],
  { caller = null, unanswered = false }: { caller?: string | null; unanswered?: boolean } = {},
): Promise<string[]> => {
  const { steps } = await routeCall({
    caller: { name: caller },
    to: 'Ana',
    at: AT,
    unanswered,
    find: (name) => Promise.resolve(people.find(({ account }) => account.name === name)),
  });
  return steps.map(({ user, does, because }) => `${user} ${does} ${because}`);
};

const forward = (when: Rule['when'], to: string, more: Partial<Rule> = {}): Rule => ({
  when,
  then: { forwardTo: to },
  ...more,
});

describe('a call', () => {
  test.for<[what: string, people: Target[], steps: string[]]>([
    ['rings', [person('ana')], ['ana ring free']],
    ['for nobody', [], ['ana refuse noSuchUser']],
    ['when offline', [person('ana', { reachable: false })], ['ana voicemail offline']],
    ['when busy', [person('ana', { busy: true })], ['ana voicemail busy']],
    [
      'when not to be disturbed',
      [person('ana', { availability: 'doNotDisturb' })],
      ['ana voicemail doNotDisturb'],
    ],
    ['from a blocked guest', [person('ana', { blockGuests: true })], ['ana refuse blocked']],
    [
      'forwarded always, even if offline',
      [person('ana', { reachable: false, rules: [forward('always', 'BOB')] }), person('bob')],
      ['ana forward always', 'bob ring free'],
    ],
    [
      'forwarded when busy',
      [person('ana', { busy: true, rules: [forward('busy', 'bob')] }), person('bob')],
      ['ana forward busy', 'bob ring free'],
    ],
    [
      'forwarded to somebody who is gone stays',
      [person('ana', { rules: [forward('always', 'bob')] })],
      ['ana forward always', 'bob voicemail noSuchUser'],
    ],
    [
      'forwarded in a circle stays with the last',
      [
        person('ana', { rules: [forward('always', 'bob')] }),
        person('bob', { rules: [forward('always', 'ana')] }),
      ],
      ['ana forward always', 'bob forward always', 'ana voicemail loop'],
    ],
    [
      'to voicemail by rule',
      [person('ana', { rules: [{ when: 'always', then: { voicemail: true } }] })],
      ['ana voicemail always'],
    ],
    [
      'of the first rule that fits',
      [
        person('ana', {
          rules: [
            forward('always', 'cara', { callers: 'members' }),
            forward('always', 'bob', { callers: 'guests' }),
          ],
        }),
        person('bob'),
        person('cara'),
      ],
      ['ana forward always', 'bob ring free'],
    ],
  ])('%s', async ([, people, steps]) => {
    expect(await route(people)).toEqual(steps);
  });

  test('that rang in vain goes where the rule says', async () => {
    const ana = person('ana', { rules: [forward('noAnswer', 'bob', { callers: ['Cara'] })] });
    const people = [ana, person('bob')];
    expect(await route(people, { caller: 'cara', unanswered: true })).toEqual([
      'ana forward noAnswer',
      'bob ring free',
    ]);
    expect(await route(people, { unanswered: true })).toEqual(['ana voicemail noAnswer']);
  });

  test('of a blocked person rings nowhere, whatever the rules', async () => {
    const ana = person('ana', { blocked: ['Cara'], rules: [forward('always', 'bob')] });
    expect(await route([ana, person('bob')], { caller: 'cara' })).toEqual(['ana refuse blocked']);
  });
});

const hours = (days: number[], from: string, to: string) => ({ days, from, to });

describe('hours', () => {
  test.for<[at: string, hours: NonNullable<Rule['hours']>, within: boolean]>([
    ['2026-01-07T13:30:00Z', hours([3], '14:30', '15:00'), true],
    ['2026-01-07T13:29:59Z', hours([3], '14:30', '15:00'), false],
    ['2026-01-07T14:00:00Z', hours([3], '14:30', '15:00'), false],
    ['2026-01-07T13:30:00Z', hours([2, 4], '14:00', '15:00'), false],
    // Past midnight: the night of Wednesday ends on Thursday.
    ['2026-01-08T00:30:00Z', hours([3], '22:00', '06:00'), true],
    ['2026-01-08T21:30:00Z', hours([3], '22:00', '06:00'), false],
    ['2026-01-05T02:00:00Z', hours([7], '22:00', '06:00'), true],
    // The hour that summer time leaves out, and the one that comes twice.
    ['2026-03-29T01:00:00Z', hours([7], '03:00', '03:30'), true],
    ['2026-10-25T00:30:00Z', hours([7], '02:00', '03:00'), true],
    ['2026-10-25T01:30:00Z', hours([7], '02:00', '03:00'), true],
  ])('%s', ([at, within, expected]) => {
    expect(isWithin(within, Date.parse(at), 'Europe/Berlin')).toBe(expected);
  });
});
