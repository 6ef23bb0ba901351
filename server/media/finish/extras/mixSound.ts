import { join } from 'node:path';
import { Ffmpeg, INPUT_ARGS, type FfmpegOptions } from '../../ffmpeg.ts';
import type { Container } from '../archive/containers.ts';
import type { Interval } from '../tracks/intervals.ts';
import { loudnessFilter, readLoudness } from './loudness.ts';
import { Peaks, PEAKS_SAMPLE_RATE } from './Peaks.ts';

export interface Mixed {
  readonly path: string;
  readonly container: Container;
}

export interface MixOptions extends FfmpegOptions {
  /** Where the files are to be made. */
  readonly folder: string;
  readonly durationMs: number;
  /** Microphones are one; what is played on a screen may be two, at twice the work. */
  readonly channels: 1 | 2;
  readonly signal: AbortSignal;
  /** 0 to 1. */
  readonly onProgress: (share: number) => void;
  /** Which part of it, and how much louder; absent: all of it, as it is. */
  readonly cut?: Cut;
}

export interface Cut extends Interval {
  readonly gainDb: number;
}

interface MixFile {
  readonly name: string;
  readonly type: string;
  readonly kbps: number;
  readonly args: readonly string[];
}

/** The same sound for every kind of player; bit rates are of one channel. Voices need no more. */
export const MIX_FILES: readonly MixFile[] = [
  {
    name: 'recording.m4a',
    type: 'audio/mp4; codecs="mp4a.40.2"',
    kbps: 64,
    args: ['-c:a', 'aac', '-movflags', '+faststart', '-f', 'ipod'],
  },
  {
    name: 'recording.mp3',
    type: 'audio/mpeg',
    kbps: 64,
    args: ['-c:a', 'libmp3lame', '-f', 'mp3'],
  },
  {
    name: 'recording.ogg',
    type: 'audio/ogg; codecs="opus"',
    kbps: 32,
    args: ['-c:a', 'libopus', '-compression_level', '5', '-f', 'ogg'],
  },
];

/** A busy machine mixes dozens of voices slower than they spoke. */
const TIME_LIMIT_FACTOR = 4;
const MIN_TIME_LIMIT_MS = 300_000;

export const mixTimeLimitMs = (durationMs: number): number =>
  MIN_TIME_LIMIT_MS + durationMs * TIME_LIMIT_FACTOR;

export interface Mix {
  /** The waveform. */
  readonly peaks: object;
  /** Of each input: integrated loudness, LUFS; null: it was silent. */
  readonly loudness: readonly (number | null)[];
}

/**
 * Everybody's sound in one, encoded three times from a single decoding, and what it is like. ffmpeg
 * also writes the mix to us: when we are gone, it can no more, and ends.
 */
export const mixSound = async (inputs: readonly Mixed[], options: MixOptions): Promise<Mix> => {
  const { folder, onProgress } = options;
  const durationMs = mixLengthOf(options);
  const ffmpeg = Ffmpeg.start(options, {
    signal: options.signal,
    timeLimitMs: mixTimeLimitMs(options.durationMs),
    args: mixArgs(inputs, options),
    cwd: folder,
  });
  ffmpeg.stdin.end();
  const peaks = new Peaks({ durationMs });
  const expectedBytes = (Math.max(durationMs, 1) * PEAKS_SAMPLE_RATE * 2) / 1000;
  let bytes = 0;
  try {
    for await (const chunk of ffmpeg.stdout) {
      if (!Buffer.isBuffer(chunk)) continue;
      peaks.add(chunk);
      bytes += chunk.length;
      onProgress(Math.min(1, bytes / expectedBytes));
    }
    await ffmpeg.done;
  } catch (error) {
    await ffmpeg.kill();
    throw error;
  }
  const loudness = await Promise.all(inputs.map((_, i) => readLoudness(folder, i)));
  return { peaks: peaks.finish(), loudness };
};

/** Only what would clip is made quieter; many voices stay as loud as one. */
const LIMITER = 'alimiter=limit=0.95:level=disabled';
/** What is made louder comes close to the limit everywhere, and encoding adds to it. */
const GAIN_LIMITER = 'alimiter=limit=0.89:level=disabled';

/** Of the files. */
export const mixLengthOf = ({ durationMs, cut }: Pick<MixOptions, 'durationMs' | 'cut'>): number =>
  cut ? cut.toMs - cut.fromMs : durationMs;

/** For ffmpeg: the sound of each, and nothing else of it. */
export const inputArgs = (inputs: readonly Mixed[]): string[] =>
  inputs.flatMap(({ path, container }) => [
    ...INPUT_ARGS,
    '-f',
    container.readFormat,
    '-vn',
    '-i',
    path,
  ]);

/** For ffmpeg: all of them as one, and how loud each of them was. */
export const togetherFilters = (inputs: readonly Mixed[], channels: 1 | 2): string => {
  const layout = `aformat=channel_layouts=${channels === 1 ? 'mono' : 'stereo'}`;
  return [
    // Voices that were recorded by clocks of their own are stretched by their times, not joined.
    ...inputs.map(
      (_, i) => `[${i}:a:0]aresample=48000:async=1000,${layout},${loudnessFilter(i)}[in${i}]`,
    ),
    `${inputs.map((_, i) => `[in${i}]`).join('')}amix=inputs=${inputs.length}:normalize=0`,
  ].join(';');
};

const cutFilters = ({ fromMs, toMs, gainDb }: Cut): string =>
  `atrim=start=${fromMs / 1000}:end=${toMs / 1000},asetpts=PTS-STARTPTS,` +
  `volume=${gainDb.toFixed(2)}dB:precision=float`;

const mixArgs = (inputs: readonly Mixed[], options: MixOptions): string[] => {
  const { folder, channels, cut } = options;
  const pads = MIX_FILES.map((_, i) => `[mix${i}]`);
  const filters = [
    togetherFilters(inputs, channels),
    ...(cut ? [cutFilters(cut), GAIN_LIMITER] : [LIMITER]),
    `asplit=${MIX_FILES.length + 1}${pads.join('')}[look]`,
  ].join(',');
  const seconds = (mixLengthOf(options) / 1000).toFixed(3);
  return [
    ...inputArgs(inputs),
    '-filter_complex',
    filters,
    ...MIX_FILES.flatMap(({ name, kbps, args }, i) => [
      '-map',
      `[mix${i}]`,
      '-t',
      seconds,
      '-b:a',
      `${kbps * channels}k`,
      ...args,
      join(folder, name),
    ]),
    '-map',
    '[look]',
    '-t',
    seconds,
    '-ac',
    '1',
    '-ar',
    String(PEAKS_SAMPLE_RATE),
    '-f',
    's16le',
    'pipe:1',
  ];
};
