import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { extend, subtract, union, type Interval } from './intervals.ts';

const interval = fc
  .tuple(fc.nat(100), fc.nat(30))
  .map(([fromMs, length]): Interval => ({ fromMs, toMs: fromMs + length }));
const intervals = fc.array(interval, { maxLength: 12 });

const covers = (all: readonly Interval[], ms: number): boolean =>
  all.some(({ fromMs, toMs }) => ms >= fromMs && ms < toMs);

const POINTS = Array.from({ length: 131 }, (_, i) => i + 0.5);

test('what is in one and not in the other', () => {
  fc.assert(
    fc.property(intervals, intervals, (a, b) => {
      const [joined, left] = [union(a), subtract(a, b)];
      for (const ms of POINTS) {
        expect(covers(joined, ms)).toBe(covers(a, ms));
        expect(covers(left, ms)).toBe(covers(a, ms) && !covers(b, ms));
      }
      for (const [i, { fromMs }] of joined.slice(1).entries()) {
        expect(fromMs).toBeGreaterThan(joined[i]!.toMs);
      }
    }),
  );
});

test('moments that are near each other are one stretch', () => {
  const stretches: { fromMs: number; toMs: number }[] = [];
  for (const ms of [0, 900, 1_900, 2_950, 2_900]) extend(stretches, ms, 1_000);
  expect(stretches).toEqual([
    { fromMs: 0, toMs: 1_900 },
    { fromMs: 2_950, toMs: 2_950 },
  ]);
});
