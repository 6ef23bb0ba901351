import { isDeepStrictEqual } from 'node:util';
import type { Gap } from '../../protocol/recordings.ts';
import type { Interval } from '../finish/tracks/intervals.ts';
import type { Layout, Size, Tile } from './layouts/Layout.ts';
import { shotAt, shotsOf } from './shots.ts';
import type { Figure, Story } from './story.ts';

/** A tile with all that is drawn of it. */
export interface DrawnTile extends Tile {
  readonly name: string;
  /** Path of the file that it comes from; undefined: the name stands there. */
  readonly picture: string | undefined;
  readonly isMuted: boolean;
}

/** A stretch in which nothing changes but the pictures themselves. */
export interface Scene extends Interval {
  readonly tiles: readonly DrawnTile[];
  /** Stands in place of the tiles. */
  readonly card: string | undefined;
}

const CARDS: Readonly<Record<Gap['reason'], string>> = {
  paused: 'The recording was paused',
  lost: 'Nothing was recorded here',
  media: 'The connection was lost for a moment',
};

/** A card for less could not be read. */
const LEAST_CARD_MS = 1_000;

const shownAt = <T extends Interval>(intervals: readonly T[], atMs: number): T | undefined =>
  intervals.find(({ fromMs, toMs }) => fromMs <= atMs && atMs < toMs);

const holds = (intervals: readonly Interval[], atMs: number): boolean =>
  shownAt(intervals, atMs) !== undefined;

/** The whole recording, scene after scene, without holes. Pure. */
export const scenesOf = (told: Story, layout: Layout, frame: Size): Scene[] => {
  const story = inWholeMs(told);
  const shots = shotsOf(story.figures);
  const gaps = story.gaps.filter(({ fromMs, toMs }) => toMs - fromMs >= LEAST_CARD_MS);
  const times = timesOf(story, [...gaps, ...shots.map(({ fromMs }) => ({ fromMs, toMs: fromMs }))]);
  const scenes: Scene[] = [];
  for (const [i, fromMs] of times.entries()) {
    const toMs = times[i + 1];
    if (toMs === undefined) break;
    const gap = gaps.find((one) => holds([one], fromMs));
    const tiles = gap ? [] : tilesAt(story.figures, fromMs, shotAt(shots, fromMs), layout, frame);
    const scene = { fromMs, toMs, tiles, card: gap && CARDS[gap.reason] };
    const last = scenes.at(-1);
    if (last && last.card === scene.card && isDeepStrictEqual(last.tiles, tiles)) {
      scenes[scenes.length - 1] = { ...last, toMs };
    } else scenes.push(scene);
  }
  return scenes;
};

/**
 * What ffmpeg is told is in whole milliseconds. All times are, before anything is looked up by them:
 * else what begins a fraction after a scene would be missed until the next one.
 */
const inWholeMs = ({ durationMs, figures, gaps }: Story): Story => ({
  durationMs: Math.round(durationMs),
  gaps: gaps.map(rounded),
  figures: figures.map(({ stays, camera, screen, microphone, turns, ...figure }) => ({
    ...figure,
    stays: stays.map(rounded),
    camera: camera.map(rounded),
    screen: screen.map(rounded),
    microphone: microphone.map(rounded),
    turns: turns.map(rounded),
  })),
});

const rounded = <T extends Interval>(stretch: T): T => ({
  ...stretch,
  fromMs: Math.round(stretch.fromMs),
  toMs: Math.round(stretch.toMs),
});

/** Whenever anything changes, with the beginning and the end. */
const timesOf = ({ figures, durationMs }: Story, more: readonly Interval[]): number[] => {
  const stretches = [
    ...figures.flatMap(({ stays, camera, screen, microphone }) => [
      ...stays,
      ...camera,
      ...screen,
      ...microphone,
    ]),
    ...more,
  ];
  const times = stretches.flatMap(({ fromMs, toMs }) => [fromMs, toMs]);
  const within = times.filter((atMs) => atMs > 0 && atMs < durationMs);
  return [...new Set([0, ...within, durationMs])].toSorted((a, b) => a - b);
};

const tilesAt = (
  figures: readonly Figure[],
  atMs: number,
  wanted: Figure['id'] | undefined,
  layout: Layout,
  frame: Size,
): DrawnTile[] => {
  const there = figures.filter(({ stays }) => holds(stays, atMs));
  const present = there.map(({ id, camera, screen }) => ({
    id,
    hasCamera: holds(camera, atMs),
    hasScreen: holds(screen, atMs),
  }));
  const speaker = present.find(({ id }) => id === wanted)?.id;
  return layout({ present, speaker }, frame).flatMap((tile) => {
    const figure = there.find(({ id }) => id === tile.id);
    if (!figure) return [];
    const isScreen = tile.source === 'screen';
    return [
      {
        ...tile,
        name: isScreen ? `${figure.name}: screen` : figure.name,
        picture: shownAt(isScreen ? figure.screen : figure.camera, atMs)?.path,
        isMuted: !isScreen && !holds(figure.microphone, atMs),
      },
    ];
  });
};
