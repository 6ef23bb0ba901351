import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LatestOnly } from './LatestOnly.ts';

const settle = () => new Promise((resolve) => setImmediate(resolve));

describe('LatestOnly', () => {
  it('has one value on its way and ends with the last, whatever the order of events', async () => {
    const steps = fc.array(fc.constantFrom('set', 'answer', 'fail'), { maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(steps, async (events) => {
        const sent: number[] = [];
        const waiting: { resolve: () => void; reject: (error: Error) => void }[] = [];
        let mostAtOnce = 0;
        const latest = new LatestOnly<number>((value) => {
          sent.push(value);
          return new Promise((resolve, reject) => {
            waiting.push({ resolve, reject });
            mostAtOnce = Math.max(mostAtOnce, waiting.length);
          });
        });
        let value = 0;
        for (const event of events) {
          if (event === 'set') latest.set(++value);
          else if (event === 'answer') waiting.shift()?.resolve();
          else waiting.shift()?.reject(new Error('lost'));
          await settle();
        }
        for (; waiting.length > 0; await settle()) waiting.shift()?.resolve();
        expect(mostAtOnce).toBeLessThanOrEqual(1);
        expect(sent.at(-1) ?? 0).toBe(value);
        expect(sent).toEqual(sent.toSorted((a, b) => a - b));
      }),
      { numRuns: 50 },
    );
  });
});
