import { expect, test } from 'vitest';
import { newId } from '../../protocol/ids.ts';
import { drawScene } from './drawScene.ts';
import { oklch } from './oklch.ts';

const FRAME = { width: 320, height: 180 };
const id = newId('part');
const behind = (name: string, who = id): Buffer => {
  const tile = { id: who, source: 'camera', box: { x: 0, y: 0, ...FRAME } } as const;
  const tiles = [{ ...tile, name, picture: undefined, isMuted: false }];
  return drawScene({ fromMs: 0, toMs: 1, tiles, card: undefined }, FRAME).behind;
};

test.for([
  ['(guest) Bo', 'G B'],
  ['  maria del carmen ruiz ', 'M R'],
  ['👩‍🚀', '👩‍🚀'],
])('%j has the initials that it has in the call', ([name, like]) => {
  expect(behind(name!).equals(behind(like!))).toBe(true);
  expect(behind(name!).equals(behind('Q Z'))).toBe(false);
});

test('people are told apart by their colours', () => {
  const drawn = Array.from({ length: 12 }, () => behind('A', newId('part')).toString('base64'));
  expect(new Set(drawn).size).toBeGreaterThan(4);
});

// As Chromium paints them.
test.for<[hue: number, colour: string]>([
  [0, 'rgb(134,70,91)'],
  [120, 'rgb(87,101,37)'],
])('hue %s is the colour of the call', ([hue, colour]) => {
  expect(oklch(0.48, 0.09, hue)).toBe(colour);
});
