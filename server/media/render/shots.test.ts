import { expect, test } from 'vitest';
import { newId } from '../../protocol/ids.ts';
import { shotAt, shotsOf } from './shots.ts';

const [ana, ben] = [newId('part'), newId('part')];
const turn = (fromMs: number, toMs: number) => ({ fromMs, toMs });

test('cuts to somebody at the first word', () => {
  const shots = shotsOf([
    { id: ana, turns: [turn(0, 5_000), turn(9_000, 12_000)] },
    { id: ben, turns: [turn(6_000, 8_000)] },
  ]);
  expect([1, 5_999, 6_000, 8_999, 9_000].map((atMs) => shotAt(shots, atMs))).toEqual([
    ana,
    ana,
    ben,
    ben,
    ana,
  ]);
});

test('does not flicker, and not at all for a word that is over before the cut', () => {
  const shots = shotsOf([
    { id: ana, turns: [turn(0, 10_000)] },
    { id: ben, turns: [turn(200, 400), turn(500, 2_000)] },
  ]);
  expect(shots).toEqual([
    { id: ana, fromMs: 0 },
    { id: ben, fromMs: 800 },
  ]);
});

test('nobody, when nobody speaks', () => {
  expect(shotAt(shotsOf([{ id: ana, turns: [] }]), 5)).toBeUndefined();
});
