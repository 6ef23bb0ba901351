import { Ffmpeg, INPUT_ARGS, type FfmpegOptions } from '../../ffmpeg.ts';
import type { PictureCodec, PictureFormat } from '../pictures/PictureCodec.ts';
import type { TimedData } from '../tracks/readPictures.ts';
import type { Container } from './containers.ts';
import { MatroskaStream } from './MatroskaStream.ts';
import type { PacketSink } from './PacketSink.ts';
import { WebmFile } from './WebmFile.ts';
import { Tally } from './Tally.ts';

export interface ArchiveSource {
  /** From zero to the end without a hole. */
  readonly sounds: AsyncIterable<TimedData>;
  /** In order; the first is a key picture. */
  readonly pictures: AsyncIterator<TimedData>;
  /** Of the pictures, once the first was read. */
  readonly codec: PictureCodec | undefined;
}

/**
 * The length of a picture is the way to the next one. Of the last ffmpeg would guess it, and make the
 * file longer than its sound, which ends with the recording.
 */
const LAST_PICTURE_ARGS = ['-bsf:v', 'setts=duration=1'];

/** What was put into an archive. */
export interface ArchiveContent {
  readonly pictures: Tally;
  readonly sounds: Tally;
  readonly format: PictureFormat | undefined;
}

export interface WriteOptions extends FfmpegOptions {
  readonly path: string;
  readonly container: Container;
  readonly durationMs: number;
  readonly signal: AbortSignal;
  readonly timeLimitMs: number;
}

/** Muxes pictures and sounds into a file that has its duration and an index; no time is changed. */
export const writeArchive = async (
  source: ArchiveSource,
  options: WriteOptions,
): Promise<ArchiveContent> => {
  // Read before anything is written: it tells the format, and the head of the file needs that.
  const first = await source.pictures.next();
  const format = first.done === true ? undefined : source.codec?.format;
  const content = { pictures: new Tally(), sounds: new Tally(), format };
  const fill = async (sink: PacketSink): Promise<void> => {
    await mux(source, { first, content }, sink);
    await sink.finish();
  };
  await (options.container.writeArgs ? throughFfmpeg : intoFile)(fill, format, options);
  return content;
};

type Fill = (sink: PacketSink) => Promise<void>;

const intoFile = async (
  fill: Fill,
  pictures: PictureFormat | undefined,
  { path, durationMs }: WriteOptions,
): Promise<void> => {
  const file = await WebmFile.create(path, { pictures, durationMs });
  try {
    await fill(file);
  } finally {
    await file.close();
  }
};

/** ffmpeg writes it from a Matroska stream on its standard input. */
const throughFfmpeg = async (
  fill: Fill,
  pictures: PictureFormat | undefined,
  { path, container, ...options }: WriteOptions,
): Promise<void> => {
  const ffmpeg = Ffmpeg.start(options, {
    ...options,
    args: [
      ...INPUT_ARGS,
      '-f',
      'matroska',
      '-copyts',
      '-i',
      'pipe:0',
      '-map',
      '0',
      '-c',
      'copy',
      '-copyts',
      ...LAST_PICTURE_ARGS,
      ...(container.writeArgs ?? []),
      path,
    ],
  });
  try {
    await fill(new MatroskaStream((bytes) => ffmpeg.write(bytes), pictures));
    await ffmpeg.finish();
  } catch (error) {
    await ffmpeg.kill();
    throw error;
  }
};

const mux = async (
  { sounds, pictures }: ArchiveSource,
  { first, content }: { first: IteratorResult<TimedData>; content: ArchiveContent },
  sink: PacketSink,
): Promise<void> => {
  let next = first;
  const takePictures = async (untilMs: number): Promise<void> => {
    while (next.done !== true && next.value.ms <= untilMs) {
      const picture = { ...next.value, ms: Math.round(next.value.ms) };
      content.pictures.addData(picture.data, picture.ms);
      const full = sink.picture(picture);
      if (full) await full;
      next = await pictures.next();
    }
  };
  for await (const timed of sounds) {
    const sound = { ...timed, ms: Math.round(timed.ms) };
    if (next.done !== true && next.value.ms <= sound.ms) await takePictures(sound.ms);
    content.sounds.addData(sound.data, sound.ms);
    const full = sink.sound(sound);
    if (full) await full;
  }
  await takePictures(Infinity);
};
