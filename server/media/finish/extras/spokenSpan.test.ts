import { expect, test } from 'vitest';
import { spokenSpan } from './spokenSpan.ts';

/** Stretches of so many ms at so many dBFS. */
const levels = (...stretches: readonly (readonly [ms: number, dbfs: number])[]): number[] =>
  stretches.flatMap(([ms, dbfs]) => Array<number>(ms / 10).fill(10 ** (dbfs / 10)));

const spanOf = (...stretches: readonly (readonly [ms: number, dbfs: number])[]) =>
  spokenSpan(
    levels(...stretches),
    stretches.reduce((sum, [ms]) => sum + ms, 0),
  );

/** To 50 ms. */
const rounded = ({ fromMs, toMs }: { fromMs: number; toMs: number }) => [
  Math.round(fromMs / 50) * 50,
  Math.round(toMs / 50) * 50,
];

test('silence goes at both ends, but for some air, and stays in the middle', () => {
  expect(
    rounded(spanOf([1000, -100], [2000, -20], [3000, -100], [500, -30], [2000, -100])),
  ).toEqual([850, 6650]);
});

test('the noise of a room is no voice, however loud the room is', () => {
  expect(rounded(spanOf([1000, -60], [2000, -20], [1500, -60]))).toEqual([850, 3150]);
  expect(rounded(spanOf([1000, -40], [2000, -20], [1500, -40]))).toEqual([850, 3150]);
});

test('a click is no voice', () => {
  expect(rounded(spanOf([500, -70], [20, -10], [800, -70], [2000, -20], [500, -70]))).toEqual([
    1150, 3500,
  ]);
});

test('what hardly stands out from the noise is all kept', () => {
  expect(spanOf([1000, -50], [2000, -45], [1000, -50])).toEqual({
    fromMs: 0,
    toMs: 4000,
    audible: true,
  });
});

test('one voice from the beginning to the end is all kept, and so is a soft beginning', () => {
  expect(spanOf([3000, -20])).toMatchObject({ fromMs: 0, toMs: 3000 });
  expect(spanOf([400, -45], [2000, -15], [200, -62])).toMatchObject({ fromMs: 0 });
});

test('nothing can be heard', () => {
  expect(spanOf([3000, -70])).toEqual({ fromMs: 0, toMs: 3000, audible: false });
  expect(spokenSpan([], 0)).toEqual({ fromMs: 0, toMs: 0, audible: false });
});
