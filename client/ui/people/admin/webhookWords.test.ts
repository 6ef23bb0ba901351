import { expect, it } from 'vitest';
import { deliveryWords } from './webhookWords.ts';

const taken = {
  state: 'delivered',
  status: 204,
  error: null,
  attempts: 1,
  durationMs: 35,
} as const;

it('says how a delivery went', () => {
  expect(deliveryWords(taken)).toBe('Delivered (204, 35 ms)');
  expect(deliveryWords({ ...taken, state: 'failed', status: 410 })).toBe(
    'Not delivered (410, 35 ms)',
  );
  expect(
    deliveryWords({ ...taken, state: 'pending', status: null, error: 'ECONNREFUSED', attempts: 2 }),
  ).toBe('Tried again later (ECONNREFUSED, 35 ms, 2 attempts)');
  expect(
    deliveryWords({ ...taken, state: 'pending', status: null, attempts: 0, durationMs: null }),
  ).toBe('On its way');
});
