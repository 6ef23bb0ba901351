import { describe, expect, it } from 'vitest';
import { stepWords } from './trialWords.ts';

const step = { ringSeconds: null, rule: null } as const;

describe('what would happen to a call', () => {
  it('is said step by step', () => {
    expect(
      stepWords({ ...step, user: 'ana', does: 'ring', because: 'free', ringSeconds: 25 }),
    ).toBe('It rings for @ana, 25 seconds long.');
    expect(stepWords({ ...step, user: 'ana', does: 'forward', because: 'noAnswer', rule: 1 })).toBe(
      '@ana does not answer (rule 2 of @ana): the call goes on.',
    );
    expect(stepWords({ ...step, user: 'ben', does: 'voicemail', because: 'offline' })).toBe(
      '@ben is not here: the caller can leave a message.',
    );
    expect(stepWords({ ...step, user: 'ana', does: 'refuse', because: 'blocked' })).toBe(
      '@ana has blocked the caller: the caller is told that nobody can be reached.',
    );
  });
});
