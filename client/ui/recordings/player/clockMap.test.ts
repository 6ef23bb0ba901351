import { array, assert as check, double, integer, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { guessKept, toFileMs, toRecordingMs, withoutPauses } from './clockMap.ts';

/** A pause from 10 to 20 s, and the beginning left out. */
const kept = [
  { fromMs: 2_000, toMs: 10_000 },
  { fromMs: 20_000, toMs: 30_000 },
];

describe('the clock of a file and that of its recording', () => {
  it.each([
    [0, 0],
    [2_000, 0],
    [9_000, 7_000],
    [10_000, 8_000],
    [15_000, 8_000],
    [20_000, 8_000],
    [25_000, 13_000],
    [40_000, 18_000],
  ])('%d ms of the recording are at %d ms of the file', (recordingMs, fileMs) => {
    expect(toFileMs(kept, recordingMs)).toBe(fileMs);
  });

  it.each([
    [0, 2_000],
    [7_999, 9_999],
    [8_000, 20_000],
    [13_000, 25_000],
    [99_000, 30_000],
  ])('at %d ms of the file it is %d ms of the recording', (fileMs, recordingMs) => {
    expect(toRecordingMs(kept, fileMs)).toBe(recordingMs);
  });

  it('are the same where nothing is cut', () => {
    expect(toFileMs([], 1234)).toBe(1234);
    expect(toRecordingMs([], 1234)).toBe(1234);
  });

  it('lead back to where one came from', () => {
    const stretches = array(integer({ min: 1, max: 10_000 }), { minLength: 2, maxLength: 12 }).map(
      (steps) => {
        let atMs = 0;
        const edges = steps.map((step) => (atMs += step));
        return Array.from({ length: edges.length >> 1 }, (_, i) => ({
          fromMs: edges[2 * i]!,
          toMs: edges[2 * i + 1]!,
        }));
      },
    );
    check(
      property(stretches, double({ min: 0, max: 1, noNaN: true }), (some, share) => {
        const lengthMs = some.reduce((sum, { fromMs, toMs }) => sum + toMs - fromMs, 0);
        const fileMs = Math.floor(share * (lengthMs - 1));
        expect(toFileMs(some, toRecordingMs(some, fileMs))).toBe(fileMs);
      }),
    );
  });
});

describe('what is kept, where only lengths are known', () => {
  const gaps = [
    { fromMs: 10_000, toMs: 20_000, reason: 'paused' as const },
    { fromMs: 22_000, toMs: 23_000, reason: 'lost' as const },
  ];

  it('is all but the pauses', () => {
    expect(withoutPauses(30_000, gaps)).toEqual([
      { fromMs: 0, toMs: 10_000 },
      { fromMs: 20_000, toMs: 30_000 },
    ]);
    expect(withoutPauses(20_000, gaps)).toEqual([{ fromMs: 0, toMs: 10_000 }]);
  });

  it('is told from the length of the file', () => {
    const recording = { durationMs: 30_000, gaps };
    expect(guessKept(30_020, recording)).toEqual([]);
    expect(guessKept(20_010, recording)).toHaveLength(2);
    expect(guessKept(5_000, recording)).toBeNull();
    expect(guessKept(null, recording)).toEqual([]);
  });
});
