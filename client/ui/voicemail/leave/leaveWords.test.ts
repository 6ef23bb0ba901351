import { describe, expect, it } from 'vitest';
import { SignalingError } from '../../../core/SignalingError.ts';
import { clockWords, refusedWords, stageWords } from './leaveWords.ts';

describe('where a message stands', () => {
  it('is saved only where the server says so', () => {
    const stages = ['asked', 'waiting', 'greeting', 'recording', 'finishing', 'recorded'] as const;
    for (const stage of [...stages, 'gone', 'lost'] as const) {
      expect(stageWords(stage)).not.toMatch(/saved/i);
    }
    expect(stageWords('saved', { problem: null }, 'Ana')).toBe(
      'Saved. Ana will find your message.',
    );
  });

  it('says what is the matter with what was recorded', () => {
    expect(stageWords('recorded', { problem: 'tooShort' })).toContain('too short');
    expect(stageWords('gone', { problem: 'cancelled' })).toContain('cancelled');
  });

  it.each([
    ['not_found', 'No message can be left there.'],
    ['mailbox_full', 'No message can be left: the mailbox is full.'],
  ] as const)('is nowhere when the server says %s', (code, words) => {
    expect(refusedWords(new SignalingError(code))).toBe(words);
  });
});

it.each([
  [0, '0:00'],
  [65_900, '1:05'],
  [-5, '0:00'],
])('%d ms is %s', (ms, words) => {
  expect(clockWords(ms)).toBe(words);
});
