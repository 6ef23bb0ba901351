import { expect, test, vi } from 'vitest';
import { FakeClock } from './FakeClock.ts';

test('nothing happens until the hands are moved, then in order and at its time', () => {
  const clock = new FakeClock();
  const start = clock.now();
  const log: [string, number][] = [];
  const note = (what: string) => () => log.push([what, clock.now() - start]);
  clock.after(30, note('last'));
  clock.after(10, note('first'));
  clock.every(20, note('tick'));
  expect(log).toEqual([]);
  clock.advance(45);
  expect(log).toEqual([
    ['first', 10],
    ['tick', 20],
    ['last', 30],
    ['tick', 40],
  ]);
  expect(clock.now() - start).toBe(45);
});

test('what is cancelled does not happen, even from within', () => {
  const clock = new FakeClock();
  const never = vi.fn<() => void>();
  const cancel = clock.after(10, never);
  clock.after(5, cancel);
  const ticks = vi.fn<() => void>(() => stop());
  const stop = clock.every(1, ticks);
  clock.advance(100);
  expect(never).not.toHaveBeenCalled();
  expect(ticks).toHaveBeenCalledTimes(1);
});

test('a task may ask for another one, which is due in the same turn', () => {
  const clock = new FakeClock();
  const second = vi.fn<() => void>();
  clock.after(10, () => clock.after(10, second));
  clock.advance(20);
  expect(second).toHaveBeenCalledTimes(1);
});
