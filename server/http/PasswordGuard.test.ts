import { beforeEach, describe, expect, it } from 'vitest';
import { AppError } from '../base/AppError.ts';
import { FakeClock } from '../base/FakeClock.ts';
import { PasswordGuard } from './PasswordGuard.ts';

const HOME = '192.0.2.1';
const ELSEWHERE = '198.51.100.7';

let clock: FakeClock;
let guard: PasswordGuard;
beforeEach(() => {
  clock = new FakeClock();
  guard = new PasswordGuard(clock);
});

/** How long to wait; undefined: not at all. */
const waitIn = (address: string, name: string): number | undefined => {
  try {
    guard.check(address, name);
    return undefined;
  } catch (error) {
    if (error instanceof AppError) return error.retryAfterSeconds;
    throw error;
  }
};
const wrong = (address: string, name: string, times = 1): void => {
  for (let n = 0; n < times; n += 1) guard.spend(address, name);
};
const right = (address: string, name: string): void => {
  guard.spend(address, name);
  guard.pass(address, name);
};

describe('the guard of passwords', () => {
  it('slows down ten wrong ones for a name, where they came from', () => {
    wrong(HOME, 'ana', 10);
    clock.advance(100_000);
    expect(waitIn(HOME, 'ANA')).toBe(500);
    expect(waitIn(HOME, 'bob')).toBeUndefined();
    expect(waitIn(ELSEWHERE, 'ana')).toBeUndefined();
    clock.advance(500_000);
    expect(waitIn(HOME, 'ana')).toBeUndefined();
  });

  it('slows down a hundred from one address, a household of IPv6 being one', () => {
    for (let n = 0; n < 100; n += 1) wrong(`2001:db8::${n.toString(16)}`, `name-${n}`);
    expect(waitIn('2001:db8::ffff', 'ana')).toBe(600);
    expect(waitIn('2001:db8:0:1::1', 'ana')).toBeUndefined();
  });

  it('slows down a hundred from everywhere, but not where somebody is known', () => {
    right(HOME, 'ana');
    for (let n = 0; n < 100; n += 1) wrong(`10.0.0.${n}`, 'ana');
    expect(waitIn(ELSEWHERE, 'ana')).toBe(3_600);
    expect(waitIn(HOME, 'ana')).toBeUndefined();
    wrong(HOME, 'ana', 10);
    expect(waitIn(HOME, 'ana')).toBe(600);
  });

  it('counts nothing of who gets it right', () => {
    for (let n = 0; n < 1_000; n += 1) right(HOME, 'ana');
    expect(waitIn(HOME, 'ana')).toBeUndefined();
    wrong(HOME, 'ana', 9);
    right(HOME, 'ana');
    expect(waitIn(HOME, 'ana')).toBeUndefined();
    wrong(HOME, 'ana');
    expect(waitIn(HOME, 'ana')).toBe(600);
  });
});
