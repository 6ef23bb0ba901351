import { expect, test } from 'vitest';
import { containerOf } from '../archive/containers.ts';
import { scenesOf, type Filmed } from './poster.ts';

const film = (path: string, more: Partial<Filmed> = {}): Filmed => ({
  path,
  container: containerOf('vp8'),
  source: 'camera',
  spoken: [],
  seen: [
    {
      fromMs: 1e3,
      toMs: 5e3,
    },
  ],
  ...more,
});

const scenes = (...films: Filmed[]): string[] =>
  scenesOf(films).map(({ path, atMs }) => `${path} ${atMs}`);

test('whoever speaks the longest before a camera, then any picture there is', () => {
  const [ana, ben] = [
    film('ana', { spoken: [{ fromMs: 2_000, toMs: 3_000 }] }),
    film('ben', {
      spoken: [
        { fromMs: 3_000, toMs: 4_900 },
        { fromMs: 6_000, toMs: 60_000 },
      ],
    }),
  ];
  expect(scenes(ana, ben)).toEqual(['ben 3700', 'ana 3000', 'ana 0', 'ben 3000', 'ben 0']);
});

test('a screen where there is no camera, and nothing where there is neither', () => {
  expect(scenes(film('screen', { source: 'screen' }), film('ana'))[0]).toBe('ana 3000');
  expect(scenes(film('screen', { source: 'screen' }))).toEqual(['screen 3000', 'screen 0']);
  expect(scenes()).toEqual([]);
});
