import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { retryDelayMs } from './backoff.ts';

describe('retryDelayMs', () => {
  it('doubles from 0.3 s to 2 s', () => {
    const plain = [1, 2, 3, 4, 5, 6, 7].map((attempt) => retryDelayMs(attempt, 0.5));
    expect(plain).toEqual([300, 600, 1200, 2000, 2000, 2000, 2000]);
  });

  it('stays within a quarter of the plain value', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1000 }),
        fc.double({ min: 0, max: 0.999, noNaN: true }),
        (attempt, random) => {
          const plain = retryDelayMs(attempt, 0.5);
          const delay = retryDelayMs(attempt, random);
          expect(delay).toBeGreaterThanOrEqual(plain * 0.75);
          expect(delay).toBeLessThanOrEqual(plain * 1.25);
        },
      ),
    );
  });
});
