import { expect, test } from 'vitest';
import { shownOf } from './shownOf.ts';

const PATIENCE_MS = 3_000;
const times = (fromMs: number, toMs: number, everyMs = 50): number[] =>
  Array.from({ length: Math.round((toMs - fromMs) / everyMs) }, (_, i) => fromMs + i * everyMs);
const film = (path: string, ...timesMs: number[][]) => ({ path, timesMs: timesMs.flat() });

test('from the first picture to the end of sending, not from its beginning', () => {
  const shown = shownOf(
    [{ fromMs: 1_000, toMs: 5_000 }],
    [film('a', times(1_700, 4_950))],
    PATIENCE_MS,
  );
  expect(shown).toEqual([{ path: 'a', fromMs: 1_700, toMs: 5_000 }]);
});

test('a picture that was taken a moment before the server knew of it is seen at once', () => {
  const sent = [{ fromMs: 1_000, toMs: 5_000 }];
  expect(shownOf(sent, [film('a', times(940, 4_900))], PATIENCE_MS)[0]!.fromMs).toBe(1_000);
});

test('who comes back is seen with the first new picture, not with the last old one', () => {
  const sent = [
    { fromMs: 0, toMs: 2_000 },
    { fromMs: 2_100, toMs: 9_000 },
  ];
  expect(shownOf(sent, [film('a', times(0, 2_000), times(2_600, 8_950))], PATIENCE_MS)).toEqual([
    { path: 'a', fromMs: 0, toMs: 2_000 },
    { path: 'a', fromMs: 2_600, toMs: 9_000 },
  ]);
});

test('what was still under way when a camera was exchanged is not shown on', () => {
  const sent = [
    { fromMs: 0, toMs: 2_000 },
    { fromMs: 2_000, toMs: 9_000 },
  ];
  const films = [film('a', times(0, 2_060)), film('b', times(2_900, 8_950))];
  expect(shownOf(sent, films, PATIENCE_MS)).toEqual([
    { path: 'a', fromMs: 0, toMs: 2_000 },
    { path: 'b', fromMs: 2_900, toMs: 9_000 },
  ]);
});

test('a picture that stands still for long is not shown on, but of a screen', () => {
  const sent = [{ fromMs: 0, toMs: 20_000 }];
  const films = [film('a', times(0, 4_050), times(12_000, 20_000))];
  expect(shownOf(sent, films, PATIENCE_MS)).toEqual([
    { path: 'a', fromMs: 0, toMs: 7_000 },
    { path: 'a', fromMs: 12_000, toMs: 20_000 },
  ]);
  expect(shownOf(sent, films, Infinity)).toEqual([{ path: 'a', fromMs: 0, toMs: 20_000 }]);
});

test('of two files the one with the newest picture', () => {
  const films = [film('a', times(0, 3_000), times(6_000, 10_000)), film('b', times(3_400, 5_500))];
  expect(shownOf([{ fromMs: 0, toMs: 10_000 }], films, PATIENCE_MS)).toEqual([
    { path: 'a', fromMs: 0, toMs: 3_400 },
    { path: 'b', fromMs: 3_400, toMs: 6_000 },
    { path: 'a', fromMs: 6_000, toMs: 10_000 },
  ]);
});

test('who sent no picture is never shown', () => {
  expect(shownOf([{ fromMs: 0, toMs: 10_000 }], [film('a')], PATIENCE_MS)).toEqual([]);
});
