import { execFileSync } from 'node:child_process';
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

test.for<[name: string, least: number]>([
  ['W'.repeat(60), 0.8],
  ['i'.repeat(60), 0.8],
  ['山'.repeat(40), 0.8],
  ['👩‍🚀'.repeat(30), 0.8],
  ['Bo', 0.1],
])('the name %j stays within its tile, and takes %s of it', ([name, least]) => {
  const box = { x: 60, y: 20, width: 160, height: 100 };
  const tiles = [{ id, source: 'camera', box, name, picture: 'a', isMuted: true } as const];
  const { above } = drawScene({ fromMs: 0, toMs: 1, tiles, card: undefined }, FRAME);
  const [left, right] = paintedIn(above);
  expect(left).toBeGreaterThanOrEqual(box.x);
  expect(right).toBeLessThanOrEqual(box.x + box.width);
  expect(right).toBeGreaterThan(box.x + box.width * least);
});

/** The first and the last column of a picture that are not empty. */
const paintedIn = (png: Buffer): [left: number, right: number] => {
  const args = '-v error -f png_pipe -i pipe:0 -f rawvideo -pix_fmt rgba pipe:1'.split(' ');
  const ffmpegBin = process.env['FFMPEG_BIN'] ?? 'ffmpeg';
  const points = execFileSync(ffmpegBin, args, { input: png });
  const columns = Array.from({ length: points.length / 4 }, (_, i) => i)
    .filter((i) => points[4 * i + 3] !== 0)
    .map((i) => i % FRAME.width);
  return [Math.min(...columns), Math.max(...columns)];
};

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
