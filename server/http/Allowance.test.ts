import { describe, expect, it } from 'vitest';
import { AppError } from '../base/AppError.ts';
import { FakeClock } from '../base/FakeClock.ts';
import { Allowance, clientKey } from './Allowance.ts';

describe('Allowance', () => {
  it('runs out for one address and comes back with the next window', () => {
    const clock = new FakeClock();
    const allowance = new Allowance({ times: 2, windowMs: 60_000, clock });
    allowance.check('192.0.2.1');
    allowance.spend('192.0.2.1');
    allowance.spend('192.0.2.1');
    clock.advance(20_000);
    const error = catchError(() => allowance.check('192.0.2.1'));
    expect(error).toMatchObject({ code: 'rate_limited', retryAfterSeconds: 40 });
    allowance.check('192.0.2.2');
    clock.advance(40_000);
    allowance.check('192.0.2.1');
  });

  it('remembers a bounded number of addresses', () => {
    const allowance = new Allowance({ times: 1, windowMs: 60_000, clock: new FakeClock() });
    for (let i = 0; i <= 10_000; i += 1) allowance.spend(`10.0.${i >> 8}.${i & 255}`);
    allowance.check('10.0.0.0');
    expect(catchError(() => allowance.check('10.0.0.1'))).toBeInstanceOf(AppError);
  });

  it.each([
    ['192.0.2.1', '192.0.2.1'],
    ['::ffff:192.0.2.1', '192.0.2.1'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
    ['2001:DB8:1:2::6', '2001:db8:1:2'],
    ['2001:db8::6', '2001:db8:0:0'],
    ['::1', '0:0:0:0'],
    ['fe80::1%eth0', 'fe80:0:0:0'],
  ])('counts %s as %s', (address, key) => {
    expect(clientKey(address)).toBe(key);
  });
});

const catchError = (task: () => void): unknown => {
  try {
    task();
    return undefined;
  } catch (error) {
    return error;
  }
};
