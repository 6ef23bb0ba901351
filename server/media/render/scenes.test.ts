import { expect, test } from 'vitest';
import { newId } from '../../protocol/ids.ts';
import { layoutOf } from './layouts/layouts.ts';
import { scenesOf } from './scenes.ts';
import type { Interval } from '../finish/tracks/intervals.ts';
import type { Shown } from './shownOf.ts';
import type { Figure, Story } from './story.ts';

const FRAME = { width: 1280, height: 720 };
const figure = (name: string, patch: Partial<Figure>): Figure => ({
  id: newId('part'),
  name,
  stays: [],
  camera: [],
  screen: [],
  microphone: [],
  turns: [],
  ...patch,
});
const seen = (stretches: readonly Interval[]): Shown[] =>
  stretches.map((stretch) => ({ ...stretch, path: 'ana.webm' }));
const play = (figures: readonly Figure[], patch: Partial<Story> = {}) =>
  scenesOf({ durationMs: 10_000, gaps: [], ...patch, figures }, layoutOf('grid', null), FRAME);
/** Who is there, with a star for a picture. */
const words = (scenes: ReturnType<typeof play>): string[] =>
  scenes.map(
    ({ fromMs, toMs, tiles, card }) =>
      `${fromMs}-${toMs} ${card ?? tiles.map((t) => t.name + (t.picture === undefined ? '' : '*')).join(' ')}`,
  );

test.for([0.001, 0.2, 0.499, 0.5, 0.7, 0.999])(
  'a camera is seen from its beginning to its end, %s ms after a whole one',
  (part) => {
    const [fromMs, toMs] = [43 + part, 6_000 + part];
    const all = [{ fromMs, toMs }];
    const scenes = play([figure('Ana', { stays: all, camera: seen(all), microphone: all })]);
    const [from, to] = [Math.round(fromMs), Math.round(toMs)];
    expect(words(scenes)).toEqual([`0-${from} `, `${from}-${to} Ana*`, `${to}-10000 `]);
  },
);

test('people come, turn their cameras off, and go at their times', () => {
  const ana = figure('Ana', {
    stays: [{ fromMs: 0, toMs: 10_000 }],
    camera: seen([
      { fromMs: 0, toMs: 3_000.4 },
      { fromMs: 5_000.6, toMs: 10_000 },
    ]),
  });
  const ben = figure('Ben', { stays: [{ fromMs: 1_000.3, toMs: 8_000.8 }] });
  expect(words(play([ana, ben]))).toEqual([
    '0-1000 Ana*',
    '1000-3000 Ana* Ben',
    '3000-5001 Ana Ben',
    '5001-8001 Ana* Ben',
    '8001-10000 Ana*',
  ]);
});

test('a gap is a card, from its beginning to its end', () => {
  const all = [{ fromMs: 0, toMs: 10_000 }];
  const gaps = [{ fromMs: 2_000.4, toMs: 4_000.7, reason: 'paused' as const }];
  expect(words(play([figure('Ana', { stays: all, camera: seen(all) })], { gaps }))).toEqual([
    '0-2000 Ana*',
    '2000-4001 The recording was paused',
    '4001-10000 Ana*',
  ]);
});

test('scenes follow each other without holes, none of them empty', () => {
  const stays = [{ fromMs: 0.3, toMs: 9_999.7 }];
  const camera = Array.from({ length: 50 }, (_, i) => ({
    fromMs: i * 199.3,
    toMs: i * 199.3 + 99.9,
  }));
  const scenes = play([figure('Ana', { stays, camera: seen(camera) })]);
  expect(scenes[0]!.fromMs).toBe(0);
  expect(scenes.at(-1)!.toMs).toBe(10_000);
  for (const [i, { fromMs, toMs }] of scenes.entries()) {
    expect(toMs).toBeGreaterThan(fromMs);
    expect(scenes[i + 1]?.fromMs ?? 10_000).toBe(toMs);
  }
});
