import { stat } from 'node:fs/promises';
import { Ffmpeg, INPUT_ARGS, type FfmpegOptions } from '../../ffmpeg.ts';
import type { Container } from '../archive/containers.ts';
import type { Interval } from '../tracks/intervals.ts';

export interface Scene {
  readonly path: string;
  readonly container: Container;
  readonly atMs: number;
}

export interface Filmed {
  readonly path: string;
  readonly container: Container;
  readonly source: 'camera' | 'screen';
  /** While pictures came. */
  readonly seen: readonly Interval[];
  readonly spoken: readonly Interval[];
}

/** Into what is being said: at its first sound a face is often still on its way. */
const INTO_MS = 700;
const TIME_LIMIT_MS = 60_000;

/** Moments that may show what the recording is about, the best first. */
export const scenesOf = (films: readonly Filmed[]): Scene[] => {
  const cameras = films.filter(({ source }) => source === 'camera');
  const others = films.filter(({ source }) => source !== 'camera');
  const speaking = cameras.flatMap((film) =>
    film.spoken
      .map(({ fromMs, toMs }) => ({ atMs: fromMs + INTO_MS, lengthMs: toMs - fromMs }))
      .filter(({ atMs, lengthMs }) => lengthMs > INTO_MS && isIn(film.seen, atMs))
      .map((moment) => ({ ...moment, film })),
  );
  const best = speaking.toSorted((a, b) => b.lengthMs - a.lengthMs)[0];
  return [
    ...(best ? [{ ...best.film, atMs: best.atMs }] : []),
    ...[...cameras, ...others].flatMap((film) => [
      { ...film, atMs: middleOf(film.seen) },
      { ...film, atMs: 0 },
    ]),
  ];
};

const isIn = (intervals: readonly Interval[], ms: number): boolean =>
  intervals.some(({ fromMs, toMs }) => ms >= fromMs && ms <= toMs);

/** Of the longest stretch. */
const middleOf = (seen: readonly Interval[]): number => {
  const longest = seen.toSorted((a, b) => b.toMs - b.fromMs - (a.toMs - a.fromMs))[0];
  return longest ? (longest.fromMs + longest.toMs) / 2 : 0;
};

/** One picture of the first scene that has one; false: none of them has. */
export const makePoster = async (
  scenes: readonly Scene[],
  path: string,
  { signal, ...options }: FfmpegOptions & { readonly signal: AbortSignal },
): Promise<boolean> => {
  for (const scene of scenes) {
    const ffmpeg = Ffmpeg.start(options, {
      signal,
      timeLimitMs: TIME_LIMIT_MS,
      args: [
        '-ss',
        (scene.atMs / 1e3).toFixed(3),
        ...INPUT_ARGS,
        '-f',
        scene.container.readFormat,
        '-an',
        '-i',
        scene.path,
        '-frames:v',
        '1',
        '-vf',
        "scale='min(1280,iw)':-2,format=yuvj420p",
        '-q:v',
        '3',
        '-f',
        'image2',
        '-update',
        '1',
        path,
      ],
    });
    // A scene that cannot be decoded is one without a picture.
    await ffmpeg.finish().catch(() => undefined);
    signal.throwIfAborted();
    const made = await stat(path).catch(() => undefined);
    if (made && made.size > 0) return true;
  }
  return false;
};
