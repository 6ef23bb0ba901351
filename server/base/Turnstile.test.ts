import { expect, it } from 'vitest';
import { Turnstile } from './Turnstile.ts';

const held = () => {
  const { promise, resolve } = Promise.withResolvers<void>();
  return { task: () => promise, end: resolve };
};

it('lets in as many as there is place for, in the order they came', async () => {
  const turnstile = new Turnstile({ atOnce: 2, maxWaiting: 5 });
  const tasks = Array.from({ length: 4 }, held);
  const begun: number[] = [];
  const running = tasks.map(({ task }, n) =>
    turnstile.run(() => {
      begun.push(n);
      return task();
    }),
  );
  await Promise.resolve();
  expect(begun).toEqual([0, 1]);
  tasks[1]!.end();
  await running[1];
  expect(begun).toEqual([0, 1, 2]);
  for (const { end } of tasks) end();
  await Promise.all(running);
  expect(begun).toEqual([0, 1, 2, 3]);
});

it('tells who comes when too many wait to come later, and goes on after a failure', async () => {
  const turnstile = new Turnstile({ atOnce: 1, maxWaiting: 1 });
  const first = held();
  const running = turnstile.run(first.task);
  const failing = turnstile.run(() => Promise.reject(new Error('broken')));
  const late = turnstile.run(() => Promise.resolve());
  await expect(late).rejects.toMatchObject({ code: 'unavailable', retryAfterSeconds: 5 });
  first.end();
  await running;
  await expect(failing).rejects.toThrow('broken');
  await expect(turnstile.run(() => Promise.resolve('in'))).resolves.toBe('in');
});
