import { expect, test } from 'vitest';
import { Handover } from './Handover.ts';

test('takes what has gathered, waits for what has not, and ends', async () => {
  const handover = new Handover<number>();
  for (const item of [1, 2, 3]) handover.put(item);
  expect(await handover.take(2)).toEqual([1, 2]);
  expect(await handover.take(2)).toEqual([3]);
  const later = handover.take(2);
  handover.put(4);
  expect(await later).toEqual([4]);
  const last = handover.take(2);
  handover.end();
  expect(await last).toEqual([]);
  expect(await handover.take(2)).toEqual([]);
});

test('what was put before the end can still be taken', async () => {
  const handover = new Handover<number>();
  handover.put(1);
  handover.end();
  expect(await handover.take(5)).toEqual([1]);
  expect(await handover.take(5)).toEqual([]);
});
