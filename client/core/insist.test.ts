import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { systemClock } from './clock.ts';
import { insist } from './insist.ts';
import { SignalingError, type SignalingErrorCode } from './SignalingError.ts';

const failing = (code: SignalingErrorCode) =>
  vi.fn<() => Promise<string>>().mockRejectedValue(new SignalingError(code));

const failureOf = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => null,
    (error: unknown) => error,
  );

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

describe('insist', () => {
  it('asks again while the failure may pass', async () => {
    const task = failing('internal');
    const done = insist(task, { clock: systemClock, wanted: () => true });
    await vi.advanceTimersByTimeAsync(250);
    task.mockResolvedValue('there');
    await vi.advanceTimersByTimeAsync(500);
    await expect(done).resolves.toBe('there');
    expect(task).toHaveBeenCalledTimes(3);
  });

  it.each(['forbidden', 'bad_request', 'closed'] as const)(
    'takes %s for an answer',
    async (code) => {
      const task = failing(code);
      const done = insist(task, { clock: systemClock, wanted: () => true });
      await expect(done).rejects.toMatchObject({ code });
      expect(task).toHaveBeenCalledTimes(1);
    },
  );

  it('stops when nobody wants it any more', async () => {
    const task = failing('wrong_state');
    let wanted = true;
    const done = failureOf(insist(task, { clock: systemClock, wanted: () => wanted }));
    wanted = false;
    await vi.advanceTimersByTimeAsync(10_000);
    await expect(done).resolves.toMatchObject({ code: 'wrong_state' });
    expect(task).toHaveBeenCalledTimes(1);
  });

  it('gives up in the end', async () => {
    const task = failing('unavailable');
    const done = failureOf(insist(task, { clock: systemClock, wanted: () => true }));
    await vi.advanceTimersByTimeAsync(10_000);
    await expect(done).resolves.toMatchObject({ code: 'unavailable' });
    expect(task).toHaveBeenCalledTimes(5);
  });
});
