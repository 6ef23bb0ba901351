import { existsSync, mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { withLock } from './lock.ts';

let base: string;
let lock: string;
beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'lock-'));
  lock = join(base, 'lock');
});
afterEach(() => rmSync(base, { recursive: true }));

test('one at a time, and the second is told that it waits', async () => {
  const order: string[] = [];
  const { promise: finish, resolve } = Promise.withResolvers<void>();
  const first = withLock(lock, async () => {
    order.push('first begins');
    await finish;
    order.push('first ends');
  });
  const second = withLock(
    lock,
    async () => void order.push('second'),
    () => resolve(),
  );
  await Promise.all([first, second]);
  expect(order).toEqual(['first begins', 'first ends', 'second']);
});

test('is given back after a failure', async () => {
  await expect(withLock(lock, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect(existsSync(lock)).toBe(false);
});

test('is taken over from a process that has ended', async () => {
  mkdirSync(lock);
  // Above the highest process number that Linux gives.
  writeFileSync(join(lock, 'pid'), '4194305');
  expect(await withLock(lock, async () => 'mine')).toBe('mine');
});

test('is taken over from an owner that shows no life, whatever process has its number now', async () => {
  mkdirSync(lock);
  writeFileSync(join(lock, 'pid'), String(process.pid));
  utimesSync(lock, 1, 1);
  expect(await withLock(lock, async () => 'mine')).toBe('mine');
});
