import { expect, test } from 'vitest';
import { Speech } from './Speech.ts';

/** A packet each 20 ms; `levels` of so many. */
const hear = (...levels: readonly [dbov: number, packets: number][]): Speech => {
  const speech = new Speech();
  let ms = 0;
  for (const [dbov, packets] of levels) {
    for (let i = 0; i < packets; i++, ms += 20) speech.hear(dbov, ms);
  }
  return speech;
};

test('a sentence with a pause for breath is one, two with a long one are two', () => {
  const speech = hear([-80, 50], [-30, 50], [-80, 25], [-50, 25], [-80, 50], [-40, 50]);
  expect(speech.finish()).toEqual([
    { fromMs: 1_000, toMs: 2_980 },
    { fromMs: 4_000, toMs: 4_980 },
  ]);
});

test('a fan, a knock and silence are nobody speaking', () => {
  expect(hear([-50, 100]).finish()).toEqual([]);
  expect(hear([-80, 50], [-10, 3], [-80, 50]).finish()).toEqual([]);
  const silent = hear([-127, 50]);
  expect(silent.finish()).toEqual([]);
  expect(silent.loudestDbov).toBe(-127);
  expect(new Speech().loudestDbov).toBeUndefined();
});
