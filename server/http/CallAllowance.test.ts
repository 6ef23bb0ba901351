import { expect, it } from 'vitest';
import { FakeClock } from '../base/FakeClock.ts';
import { CallAllowance } from './CallAllowance.ts';

const GUEST = undefined;
const limited = expect.objectContaining({ code: 'rate_limited', retryAfterSeconds: 600 }) as Error;

it('lets an address ring one person twenty times, and people a hundred times', () => {
  const clock = new FakeClock();
  const allowance = new CallAllowance(clock);
  for (let n = 0; n < 20; n += 1) allowance.spend('192.0.2.1', GUEST, 'ana');
  expect(() => allowance.spend('192.0.2.1', GUEST, 'ANA')).toThrow(limited);
  allowance.spend('192.0.2.2', GUEST, 'ana');
  for (let n = 0; n < 80; n += 1) allowance.spend('192.0.2.1', GUEST, `name-${n}`);
  expect(() => allowance.spend('192.0.2.1', GUEST, 'bob')).toThrow(limited);
  clock.advance(600_000);
  allowance.spend('192.0.2.1', GUEST, 'ana');
});

it('counts people behind one address apart, and one person everywhere', () => {
  const allowance = new CallAllowance(new FakeClock());
  for (let n = 0; n < 20; n += 1) {
    allowance.spend('192.0.2.1', 'user_1', 'reception');
    allowance.spend('192.0.2.1', 'user_2', 'reception');
  }
  expect(() => allowance.spend('192.0.2.9', 'user_1', 'reception')).toThrow(limited);
});

it('lets one caller begin thirty messages an hour, by whatever name they call', () => {
  const clock = new FakeClock();
  const allowance = new CallAllowance(clock);
  for (let n = 0; n < 30; n += 1) allowance.spendMessage('192.0.2.1', GUEST);
  const tooMany = { code: 'rate_limited', message: 'You have left many messages this hour.' };
  expect(() => allowance.spendMessage('192.0.2.1', GUEST)).toThrow(
    expect.objectContaining(tooMany),
  );
  allowance.spendMessage('192.0.2.1', 'user_1');
  clock.advance(3_600_000);
  allowance.spendMessage('192.0.2.1', GUEST);
});
