import { expect, test } from 'vitest';
import { FakeClock } from '../../base/FakeClock.ts';
import { TokenBucket } from './TokenBucket.ts';

const takes = (bucket: TokenBucket, times: number): number =>
  Array.from({ length: times }, () => bucket.take()).filter(Boolean).length;

test('lets a burst through at once and then so many a second', () => {
  const clock = new FakeClock();
  const bucket = new TokenBucket(10, 50, clock);
  expect(takes(bucket, 100)).toBe(50);
  clock.advance(1_000);
  expect(takes(bucket, 100)).toBe(10);
  clock.advance(50);
  expect(takes(bucket, 1)).toBe(0);
  clock.advance(50);
  expect(takes(bucket, 1)).toBe(1);
});

test('saves up no more than one burst', () => {
  const clock = new FakeClock();
  const bucket = new TokenBucket(10, 50, clock);
  clock.advance(3_600_000);
  expect(takes(bucket, 100)).toBe(50);
});

test('a clock that is set back takes nothing away', () => {
  let now = 1_000_000;
  const clock = new FakeClock();
  clock.now = () => now;
  const bucket = new TokenBucket(10, 2, clock);
  expect(takes(bucket, 1)).toBe(1);
  now = 0;
  expect(takes(bucket, 2)).toBe(1);
  now = 1_000;
  expect(takes(bucket, 5)).toBe(2);
});
