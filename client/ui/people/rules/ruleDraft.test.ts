import { describe, expect, it } from 'vitest';
import type { Rule } from '../../../../server/protocol/calls.ts';
import { draftOf, NEW_DRAFT, readRule } from './ruleDraft.ts';

const RULES: readonly Rule[] = [
  { when: 'always', then: { voicemail: true } },
  { when: 'noAnswer', callers: 'guests', then: { forwardTo: 'ben' } },
  {
    when: 'busy',
    callers: ['ana', 'cem.d'],
    hours: { days: [5, 6], from: '18:00', to: '08:00' },
    then: { forwardTo: 'ben' },
  },
];

describe('a rule in the form', () => {
  it.each(RULES)('comes out as it went in: %j', (rule) => {
    expect(readRule(draftOf(rule))).toEqual({ rule });
  });

  it('takes names as people type them, each once', () => {
    const draft = {
      ...NEW_DRAFT,
      callers: 'some',
      names: ' @Ana, ben; ana ',
      forwardTo: '@Cem',
    } as const;
    expect(readRule(draft)).toEqual({
      rule: { when: 'noAnswer', callers: ['ana', 'ben'], then: { forwardTo: 'cem' } },
    });
  });

  it('says of every field what is the matter with it', () => {
    const read = readRule({
      ...NEW_DRAFT,
      callers: 'some',
      names: '',
      time: 'hours',
      days: [],
      from: '',
      to: '24:00',
      forwardTo: 'a b',
    });
    if (!('problems' in read)) throw new Error('it was taken');
    expect(Object.keys(read.problems).toSorted()).toEqual([
      'days',
      'forwardTo',
      'from',
      'names',
      'to',
    ]);
  });

  it('does not mind what is typed where it does not count', () => {
    const draft = {
      ...NEW_DRAFT,
      then: 'voicemail',
      forwardTo: '???',
      days: [],
      names: '???',
    } as const;
    expect(readRule(draft)).toEqual({ rule: { when: 'noAnswer', then: { voicemail: true } } });
  });
});
