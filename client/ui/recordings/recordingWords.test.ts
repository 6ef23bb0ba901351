import { describe, expect, it } from 'vitest';
import { gapWords, namesIn, peopleWords, stateWords, titleOf } from './recordingWords.ts';

const of = (more: Partial<Parameters<typeof stateWords>[0]>) =>
  stateWords({ state: 'ready', partial: false, failure: null, ...more });

describe('titleOf', () => {
  const named = {
    title: null,
    room: { id: 'room_1', name: 'standup' } as const,
    startedAt: '2026-01-31T12:00:00.000Z',
  };

  it('is what somebody called it, else room and day', () => {
    expect(titleOf({ ...named, title: 'Weekly' })).toBe('Weekly');
    expect(titleOf(named)).toMatch(/^standup, .*2026/);
  });
});

describe('peopleWords', () => {
  it.each([
    [[], 'Nobody was there'],
    [['Ana'], 'Ana'],
    [['Ana', 'Ben', 'Ana'], 'Ana and Ben'],
    [['Ana', 'Ben', 'Eve', 'Dora'], 'Ana, Ben, Eve and Dora'],
    [['Ana', 'Ben', 'Eve', 'Dora', 'Finn'], 'Ana, Ben, Eve and 2 others'],
  ])('of %j are %j', (names, words) => {
    expect(peopleWords(names)).toBe(words);
  });
});

describe('namesIn', () => {
  const file = { participant: { id: 'part_2', name: 'Ben' } } as const;

  it('are those who were there, or who send while it runs', () => {
    expect(namesIn({ participants: [{ name: 'Ana' }], files: [file] })).toEqual(['Ana']);
    expect(namesIn({ participants: [], files: [file, file] })).toEqual(['Ben']);
  });
});

describe('stateWords', () => {
  it('says how it stands', () => {
    expect(of({ state: 'paused' })).toEqual({ kind: 'running', words: 'Paused' });
    expect(of({ state: 'finishing' }).kind).toBe('preparing');
    expect(of({ partial: true }).words).toMatch(/a part is missing/);
    expect(of({ state: 'failed', failure: 'No disk.' }).words).toMatch(/No disk\./);
  });
});

describe('gapWords', () => {
  it('says from when to when, and why', () => {
    expect(gapWords({ fromMs: 62_000, toMs: 90_000, reason: 'paused' })).toBe(
      'From 01:02 to 01:30 it was paused.',
    );
  });
});
