import { describe, expect, test } from 'vitest';
import { newId } from '../../../protocol/ids.ts';
import type { RenderLayout } from '../../../protocol/renders.ts';
import type { Box, Present } from './Layout.ts';
import { layoutOf } from './layouts.ts';

const FRAMES = [
  { width: 1280, height: 720 },
  { width: 1920, height: 1080 },
  { width: 720, height: 1280 },
];
const LAYOUTS: RenderLayout[] = ['grid', 'speaker', 'screen', 'single'];

const people = (count: number, shows: number[] = []): Present[] =>
  Array.from({ length: count }, (_, i) => ({
    id: newId('part'),
    hasCamera: i % 3 !== 2,
    hasScreen: shows.includes(i),
  }));

const overlap = (a: Box, b: Box): boolean =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

describe.for(LAYOUTS)('%s', (name) => {
  test.for(FRAMES)(
    'keeps 1 to 40 people within $width x $height, apart, on even edges',
    (frame) => {
      for (let count = 1; count <= 40; count += 1) {
        const present = people(count, count > 3 ? [1] : []);
        const speaker = present.at(-1)!.id;
        const boxes = layoutOf(name, present[0]!.id)({ present, speaker }, frame).map(
          ({ box }) => box,
        );
        expect(boxes.length).toBeGreaterThan(0);
        for (const [i, box] of boxes.entries()) {
          expect(box.x >= 0 && box.y >= 0).toBe(true);
          expect(box.x + box.width).toBeLessThanOrEqual(frame.width);
          expect(box.y + box.height).toBeLessThanOrEqual(frame.height);
          expect([box.x, box.y, box.width, box.height].every((edge) => edge % 2 === 0)).toBe(true);
          expect(boxes.slice(i + 1).some((other) => overlap(box, other))).toBe(false);
        }
      }
    },
  );

  test('of nobody is empty', () => {
    const tiles = layoutOf(name, newId('part'))({ present: [], speaker: undefined }, FRAMES[0]!);
    expect(tiles).toEqual([]);
  });
});

test('who speaks is large', () => {
  const present = people(6);
  const speaker = present[4]!.id;
  const [first, ...others] = layoutOf('speaker', null)({ present, speaker }, FRAMES[0]!);
  expect(first).toMatchObject({ id: speaker, source: 'camera' });
  for (const { box } of others) expect(box.width * 2).toBeLessThan(first!.box.width);
});

test('what is shown is large, and who speaks beside it', () => {
  const present = people(6, [2]);
  const speaker = present[4]!.id;
  const tiles = layoutOf('screen', null)({ present, speaker }, FRAMES[0]!);
  expect(tiles[0]).toMatchObject({ id: present[2]!.id, source: 'screen' });
  expect(tiles[1]).toMatchObject({ id: speaker, source: 'camera' });
});
