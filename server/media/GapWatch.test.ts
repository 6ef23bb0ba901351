import { beforeEach, expect, test, vi } from 'vitest';
import { FakeClock } from '../base/FakeClock.ts';
import { GapWatch } from './GapWatch.ts';

let clock: FakeClock;
let lost: ReturnType<typeof vi.fn<() => void>>;
let watch: GapWatch;

beforeEach(() => {
  clock = new FakeClock();
  lost = vi.fn<() => void>();
  watch = new GapWatch(clock, lost);
});

const see = (...sequences: number[]): void => {
  for (const sequence of sequences) watch.see(sequence);
};

test('what comes in order, over the end of the numbers too, lacks nothing', () => {
  see(0xfffe, 0xffff, 0, 1, 2);
  clock.advance(10_000);
  expect(lost).not.toHaveBeenCalled();
});

test('what comes late or twice lacks nothing', () => {
  see(0xfffd, 2, 0xffff, 1, 0xfffe, 0, 0, 2, 3);
  clock.advance(10_000);
  expect(lost).not.toHaveBeenCalled();
});

test('what does not come within 250 ms is lost, once for a whole burst', () => {
  see(0xfffe, 3, 2);
  clock.advance(249);
  expect(lost).not.toHaveBeenCalled();
  clock.advance(1);
  expect(lost).toHaveBeenCalledTimes(1);
  clock.advance(10_000);
  expect(lost).toHaveBeenCalledTimes(1);
});

test('each hole has its own time', () => {
  see(1, 3);
  clock.advance(100);
  see(5);
  clock.advance(150);
  expect(lost).toHaveBeenCalledTimes(1);
  clock.advance(99);
  see(4);
  clock.advance(10_000);
  expect(lost).toHaveBeenCalledTimes(1);
  see(7);
  clock.advance(250);
  expect(lost).toHaveBeenCalledTimes(2);
});

test('a leap counts as one loss, and does not fill the memory', () => {
  see(1, 20_000, 20_001);
  clock.advance(250);
  expect(lost).toHaveBeenCalledTimes(1);
});

test('after a reset the numbers begin anew', () => {
  see(1, 3);
  watch.reset();
  see(500, 501);
  clock.advance(10_000);
  expect(lost).not.toHaveBeenCalled();
});
