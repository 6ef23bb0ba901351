import { describe, expect, it } from 'vitest';
import { readDays } from './keepDays.ts';

describe('readDays', () => {
  it.each([
    ['', null],
    ['  ', null],
    ['1', 1],
    [' 30 ', 30],
    ['36500', 36_500],
    ['36501', undefined],
    ['0', undefined],
    ['-3', undefined],
    ['2.5', undefined],
    ['1e3', undefined],
    ['a week', undefined],
  ])('takes %j for %j', (typed, days) => {
    expect(readDays(typed)).toBe(days);
  });
});
