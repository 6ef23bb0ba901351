import { describe, expect, it } from 'vitest';
import { gap, superiority } from './difference.ts';

const range = (from: number, count: number): number[] =>
  Array.from({ length: count }, (_, n) => from + n);

describe('two samples', () => {
  it('cannot be told apart when they are the same', () => {
    expect(superiority(range(0, 100), range(0, 100))).toBe(0.5);
    expect(gap(range(0, 100), range(0, 100))).toBe(0);
    expect(superiority([1, 1, 1], [1])).toBe(0.5);
    expect(gap([1, 1, 1], [1])).toBe(0);
  });

  it('are told apart by one look when one is above the other', () => {
    expect(superiority(range(100, 10), range(0, 50))).toBe(1);
    expect(superiority(range(0, 50), range(100, 10))).toBe(0);
    expect(gap(range(0, 50), range(100, 10))).toBe(1);
  });

  it('differ by as much as is counted by hand', () => {
    expect(superiority([3, 5], [1, 3, 6])).toBeCloseTo(3.5 / 6);
    expect(gap([1, 2, 3, 4], [3, 4, 5, 6])).toBe(0.5);
  });

  it('that lie around the same middle differ by how far they lie', () => {
    const [narrow, wide] = [range(45, 10), [...range(0, 5), ...range(100, 5)]];
    expect(superiority(narrow, wide)).toBe(0.5);
    expect(gap(narrow, wide)).toBe(0.5);
  });

  it('of which one is empty say nothing', () => {
    expect([superiority([], [1]), gap([1], [])]).toEqual([Number.NaN, Number.NaN]);
  });
});
