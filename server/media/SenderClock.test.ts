import { expect, test } from 'vitest';
import { SenderClock } from './SenderClock.ts';

/** The sender's clock is this much ahead of the worker's. */
const AHEAD_MS = 3_600_000;

test('the fastest report says how far apart the clocks are', () => {
  const clock = new SenderClock();
  const delaysMs = [80, 20, 50, 45, 200];
  const seen = delaysMs.map((delayMs, index) => {
    const sentMs = index * 1000;
    return clock.toWorkerMs(sentMs + AHEAD_MS, sentMs + delayMs) - sentMs;
  });
  expect(seen).toEqual([80, 20, 20, 20, 20]);
});

test('it follows a drifting clock', () => {
  const clock = new SenderClock();
  let offMs = 0;
  for (let second = 0; second < 3600; second += 1) {
    // A hundred parts per million slow: 0.1 ms each second.
    const senderMs = second * 999.9;
    offMs = clock.toWorkerMs(senderMs, second * 1000 + 20) - second * 1000;
  }
  expect(offMs).toBeGreaterThan(10);
  expect(offMs).toBeLessThanOrEqual(20);
});

test('it begins anew when the clock was set', () => {
  const clock = new SenderClock();
  clock.toWorkerMs(1000, 1020);
  expect(clock.toWorkerMs(2000 - AHEAD_MS, 2030)).toBe(2030);
  expect(clock.toWorkerMs(3000 - AHEAD_MS, 3020)).toBe(3020);
});
