import { describe, expect, it } from 'vitest';
import { daysWords, ruleWords, scopeWords } from './ruleWords.ts';

describe('the words of a rule', () => {
  it.each([
    [[1, 2, 3, 4, 5], 'Mon–Fri'],
    [[7, 6], 'Sat, Sun'],
    [[1, 3, 4, 5, 7], 'Mon, Wed–Fri, Sun'],
    [[1, 2, 3, 4, 5, 6, 7], 'every day'],
  ])('days %j: %s', (days, words) => {
    expect(daysWords(days)).toBe(words);
  });

  it('say what it does, for whom and when', () => {
    const rule = {
      when: 'noAnswer',
      callers: ['ana', 'cem'],
      hours: { days: [1, 2, 3, 4, 5], from: '18:00', to: '08:00' },
      then: { forwardTo: 'ben' },
    } as const;
    const typed = {
      ...rule,
      callers: [...rule.callers],
      hours: { ...rule.hours, days: [1, 2, 3, 4, 5] },
    };
    expect(ruleWords(typed)).toBe('When I do not answer: forward to @ben');
    expect(scopeWords(typed)).toBe('Only @ana, @cem · Mon–Fri, 18:00 to 08:00 the next day');
  });

  it('say that it is for everybody at any time', () => {
    const rule = { when: 'always', then: { voicemail: true as const } } as const;
    expect(ruleWords(rule)).toBe('Always: voicemail');
    expect(scopeWords(rule)).toBe('Whoever calls · at any time');
  });
});
