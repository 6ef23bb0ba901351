import { expect, test } from 'vitest';
import { at, levelLine, lowerLine, median, medianLine, type Point } from './robust.ts';

/** Minutes of points each second; `error` by the index. */
const points = (slope: number, error: (i: number) => number): Point[] =>
  Array.from({ length: 600 }, (_, i) => ({ x: i * 1000, y: 5_000 + i * 1000 * slope + error(i) }));

test('the middle', () => {
  expect(median([3, 1, 2])).toBe(2);
  expect(median([4, 1, 3, 2])).toBe(2.5);
  expect(median([])).toBe(0);
});

test('a third of the points may be wrong, and by much', () => {
  const noisy = points(1.0001, (i) => ((i * 7_919) % 97 < 32 ? 70 : (i % 5) - 2));
  const line = medianLine(noisy);
  expect(Math.abs(line.slope - 1.0001)).toBeLessThan(0.00001);
  expect(Math.abs(at(line, 300_000) - (5_000 + 300_030))).toBeLessThan(2);
});

test('delays only raise: the line is below them all, and has their slope', () => {
  const delayed = points(0.9999, (i) => ((i * 7_919) % 97) ** 1.5);
  const line = lowerLine(delayed);
  expect(Math.abs(line.slope - 0.9999)).toBeLessThan(0.00001);
  for (const { x, y } of delayed) expect(y - at(line, x)).toBeGreaterThan(-1e-6);
});

test('no clock is believed that runs away', () => {
  expect(medianLine(points(1.1, () => 0)).slope).toBe(1.001);
  expect(lowerLine(points(0.5, () => 0)).slope).toBe(0.999);
});

test('few points make a line, too', () => {
  expect(at(levelLine([{ x: 10, y: 20 }]), 15)).toBe(25);
  expect(at(lowerLine([{ x: 10, y: 20 }]), 15)).toBe(25);
  expect(at(medianLine([{ x: 10, y: 20 }]), 15)).toBe(25);
  expect(at(lowerLine([]), 15)).toBe(15);
});
