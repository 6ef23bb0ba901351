import { describe, expect, it, vi } from 'vitest';
import { PendingDeletes, type Doomed } from './PendingDeletes.ts';

const setUp = (remove: () => Promise<void> = () => Promise.resolve()) => {
  const tasks = new Set<() => void>();
  const clock = {
    now: () => 0,
    after: (_ms: number, task: () => void) => {
      tasks.add(task);
      return () => tasks.delete(task);
    },
  };
  const spy = vi.fn<(item: Doomed, last: boolean) => Promise<void>>(remove);
  const onFailed = vi.fn<(item: Doomed) => void>();
  const pending = new PendingDeletes({ remove: spy, onFailed, clock, delayMs: 8_000 });
  return { pending, spy, onFailed, pass: () => tasks.forEach((task) => task()) };
};

const one = { id: 'rec_1', bearer: 's' } as const;
const two = { id: 'rec_2', bearer: 's' } as const;

describe('PendingDeletes', () => {
  it('hides at once and deletes when its time has come', () => {
    const { pending, spy, pass } = setUp();
    const done = vi.fn<() => void>();
    pending.add([one, two], done);
    expect([...pending.hidden.value]).toEqual(['rec_1', 'rec_2']);
    expect(spy).not.toHaveBeenCalled();
    pass();
    expect(done).toHaveBeenCalledOnce();
    expect(spy.mock.calls).toEqual([
      [one, false],
      [two, false],
    ]);
    expect(pending.hidden.value.size).toBe(2);
  });

  it('can be undone until then, and not after', () => {
    const { pending, spy, pass } = setUp();
    const undo = pending.add([one], () => undefined);
    undo();
    pass();
    pending.flush();
    expect(spy).not.toHaveBeenCalled();
    expect(pending.hidden.value.size).toBe(0);
    const late = pending.add([two], () => undefined);
    pass();
    late();
    expect([...pending.hidden.value]).toEqual(['rec_2']);
  });

  it('deletes at once, and once, when the page goes', () => {
    const { pending, spy, pass } = setUp();
    pending.add([one], () => undefined);
    pending.flush();
    pass();
    expect(spy.mock.calls).toEqual([[one, true]]);
  });

  it('shows again what could not be deleted', async () => {
    const { pending, onFailed, pass } = setUp(() => Promise.reject(new Error('down')));
    pending.add([one], () => undefined);
    pass();
    await vi.waitFor(() => expect(onFailed).toHaveBeenCalledWith(one));
    expect(pending.hidden.value.size).toBe(0);
  });
});
