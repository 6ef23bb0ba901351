import { expect, test } from 'vitest';
import { QueueClosedError, SerialQueue } from './SerialQueue.ts';

test('steps run one after another, in order', async () => {
  const queue = new SerialQueue();
  const log: string[] = [];
  const step = (name: string) => async () => {
    log.push(`${name} begins`);
    await Promise.resolve();
    log.push(`${name} ends`);
    return name;
  };
  expect(await Promise.all([queue.run(step('a')), queue.run(step('b'))])).toEqual(['a', 'b']);
  expect(log).toEqual(['a begins', 'a ends', 'b begins', 'b ends']);
});

test('a step that fails fails alone', async () => {
  const queue = new SerialQueue();
  const failed = queue.run(() => Promise.reject(new Error('no')));
  const thrown = queue.run(() => {
    throw new Error('not at once either');
  });
  const next = queue.run(() => 1);
  await expect(failed).rejects.toThrow('no');
  await expect(thrown).rejects.toThrow('not at once either');
  expect(await next).toBe(1);
});

test('closing lets the running step end and rejects those that wait', async () => {
  const queue = new SerialQueue();
  const { promise, resolve } = Promise.withResolvers<string>();
  const running = queue.run(() => promise);
  const waiting = queue.run(() => 'never');
  await Promise.resolve();
  queue.close();
  resolve('done');
  expect(await running).toBe('done');
  await expect(waiting).rejects.toBeInstanceOf(QueueClosedError);
  await expect(queue.run(() => 'late')).rejects.toBeInstanceOf(QueueClosedError);
});
