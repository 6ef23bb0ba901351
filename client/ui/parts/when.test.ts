import { describe, expect, it } from 'vitest';
import { durationWords, recentWords } from './when.ts';

const at = (day: number, hour: number): string => new Date(2026, 10, day, hour, 5).toISOString();

describe('when something was', () => {
  const now = new Date(2026, 10, 25, 14, 0).getTime();

  it('is said by the day while it is fresh', () => {
    expect(recentWords(at(25, 9), now)).toMatch(/^Today, .*9:05/);
    expect(recentWords(at(24, 23), now)).toMatch(/^Yesterday, .*:05/);
  });

  it('has its date later', () => {
    expect(recentWords(at(23, 9), now)).toMatch(/23.*2026/);
  });
});

describe('how long something lasted', () => {
  it.each([
    [0, '1 s'],
    [45_200, '45 s'],
    [59_600, '1 min'],
    [200_000, '3 min'],
    [3_599_000, '1 h'],
    [3_900_000, '1 h 5 min'],
  ])('%d ms: %s', (ms, words) => {
    expect(durationWords(ms)).toBe(words);
  });
});
