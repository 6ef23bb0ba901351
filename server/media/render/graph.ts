import { INPUT_ARGS } from '../ffmpeg.ts';
import type { Interval } from '../finish/tracks/intervals.ts';
import type { PictureInput } from './commands.ts';
import type { Size } from './layouts/Layout.ts';

/** Frames a second of every render. */
export const RATE = 30;

interface MediaInput {
  readonly path: string;
  readonly readFormat: string;
}

export interface SoundInput extends MediaInput {
  readonly source: 'camera' | 'screen';
  /** By so much it is made louder, in dB. */
  readonly gainDb: number;
}

/** What is in the folder where ffmpeg works. All of it is named by the server. */
export const FILES = {
  behind: 'behind-%06d.png',
  above: 'above-%06d.png',
  size: (index: number) => `size-${index}.txt`,
  place: (index: number) => `place-${index}.txt`,
} as const;

export const numbered = (pattern: string, index: number): string =>
  pattern.replace('%06d', String(index).padStart(6, '0'));

export interface GraphOptions {
  readonly pictures: readonly PictureInput[];
  readonly sounds: readonly SoundInput[];
  /** Undefined: sound only. */
  readonly frame: Size | undefined;
  readonly durationMs: number;
  /** Whole frames: see `wholeFrames`. */
  readonly kept: readonly Interval[];
}

/** Arguments of ffmpeg up to the codecs: `[video]` and `[audio]` are there to be mapped. */
export const graphArgs = (options: GraphOptions): string[] => {
  const { pictures, sounds, frame } = options;
  const stills = frame ? [FILES.behind, FILES.above] : [];
  const shown = frame ? pictures : [];
  const inputs = [
    ...stills.flatMap(stillArgs),
    ...shown.flatMap((input) => [...mediaArgs(input), '-an', '-i', input.path]),
    ...sounds.flatMap((input) => [...mediaArgs(input), '-vn', '-i', input.path]),
  ];
  const filters = [
    ...(frame ? pictureFilters(options, frame) : []),
    ...soundFilters(options, stills.length + shown.length),
  ];
  return ['-copyts', ...inputs, '-filter_complex', filters.join(';')];
};

/** A still is shown from its file's time on. */
const stillArgs = (pattern: string): string[] => [
  '-f',
  'image2',
  '-ts_from_file',
  '2',
  '-start_number',
  '0',
  '-i',
  pattern,
];

/** Pictures larger than any camera's are not decoded. */
const MAX_PIXELS = 4096 * 2304;

const mediaArgs = ({ readFormat }: MediaInput): string[] => [
  ...INPUT_ARGS,
  // A picture of another size must not begin the whole graph anew.
  '-reinit_filter',
  '0',
  '-max_pixels',
  String(MAX_PIXELS),
  '-threads',
  '1',
  '-f',
  readFormat,
];

const steady = `fps=${RATE}`;

const pictureFilters = (
  { pictures, durationMs, kept }: GraphOptions,
  { width, height }: Size,
): string[] => {
  const seconds = (durationMs / 1000).toFixed(3);
  // What `overlay` takes: a conversion after `scale` would keep the size that it first had.
  const tiles = pictures.flatMap((_, i) => [
    `[${i + 2}:v:0]${steady},sendcmd=f=${FILES.size(i)},` +
      `scale@s${i}=w=16:h=16:eval=frame:force_original_aspect_ratio=decrease:` +
      `force_divisible_by=2:flags=bilinear,format=yuva420p[tile${i}]`,
    `[ground${i}]sendcmd=f=${FILES.place(i)}[placed${i}]`,
    `[placed${i}][tile${i}]overlay@o${i}=x=${width}:y=0:eof_action=repeat[ground${i + 1}]`,
  ]);
  const last = `ground${pictures.length}`;
  return [
    `color=black:s=${width}x${height}:r=${RATE}:d=${seconds},format=yuv420p[black]`,
    '[0:v:0]format=yuv420p[behind]',
    '[black][behind]overlay=x=0:y=0:eof_action=repeat[ground0]',
    ...tiles,
    '[1:v:0]format=yuva420p[above]',
    `[${last}][above]overlay=x=0:y=0:eof_action=repeat,select='${inAny(kept)}',` +
      `setpts=N/${RATE}/TB,format=yuv420p[video]`,
  ];
};

/** Half a frame earlier, so that rounding never takes the first one. */
const inAny = (kept: readonly Interval[]): string =>
  kept
    .map(({ fromMs, toMs }) => {
      const [from, to] = [fromMs, toMs].map((atMs) => (atMs / 1000 - 0.5 / RATE).toFixed(4));
      return `gte(t,${from})*lt(t,${to})`;
    })
    .join('+');

const soundFilters = ({ sounds, durationMs, kept }: GraphOptions, first: number): string[] => {
  const seconds = (durationMs / 1000).toFixed(3);
  // Microphones are one channel; what is played on a screen may be two.
  const channels = sounds.some(({ source }) => source === 'screen') ? 'stereo' : 'mono';
  const parts = kept.map((_, i) => `[part${i}]`);
  const source =
    sounds.length === 0
      ? `anullsrc=r=48000:cl=mono:d=${seconds}`
      : `${sounds.map((_, i) => `[voice${i}]`).join('')}amix=inputs=${sounds.length}:normalize=0,` +
        // Only what would clip is made quieter.
        `alimiter=limit=0.84:level=disabled,apad=whole_dur=${seconds}`;
  return [
    ...sounds.map(
      ({ gainDb }, i) =>
        // Resampled from the beginning: one that has to begin for the first correction takes its own
        // beginning for that of the sound, and puts all the silence before it in once more.
        `[${first + i}:a:0]aresample=48000:async=1000:first_pts=0:flags=res,` +
        `aformat=channel_layouts=${channels},volume=${gainDb.toFixed(1)}dB[voice${i}]`,
    ),
    `${source},asplit=${kept.length}${kept.map((_, i) => `[whole${i}]`).join('')}`,
    ...kept.map(
      ({ fromMs, toMs }, i) =>
        `[whole${i}]atrim=start=${fromMs / 1000}:end=${toMs / 1000},asetpts=PTS-STARTPTS[part${i}]`,
    ),
    `${parts.join('')}concat=n=${kept.length}:v=0:a=1[audio]`,
  ];
};

/**
 * The same stretches, beginning and ending with a frame, so that sound and picture stay together; none
 * begins with a frame of what was before it.
 */
export const wholeFrames = (intervals: readonly Interval[]): Interval[] =>
  intervals
    .map(({ fromMs, toMs }) => ({
      fromMs: timeOf(Math.ceil(frameAt(fromMs))),
      toMs: timeOf(Math.round(frameAt(toMs))),
    }))
    .filter(({ fromMs, toMs }) => toMs > fromMs);

const frameAt = (ms: number): number => (ms * RATE) / 1000;

const timeOf = (frame: number): number => (frame * 1000) / RATE;
