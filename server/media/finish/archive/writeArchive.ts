import { Ffmpeg, INPUT_ARGS, type FfmpegOptions } from '../../ffmpeg.ts';
import type { PictureCodec, PictureFormat } from '../pictures/PictureCodec.ts';
import type { TimedData } from '../tracks/readPictures.ts';
import type { Container } from './containers.ts';
import { Muxer } from './Muxer.ts';
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
  readonly signal: AbortSignal;
  readonly timeLimitMs: number;
}

/**
 * Muxes pictures and sounds into a file that has its duration and an index. ffmpeg writes it from a
 * Matroska stream on its standard input and changes nothing, times included.
 */
export const writeArchive = async (
  source: ArchiveSource,
  { path, container, ...options }: WriteOptions,
): Promise<ArchiveContent> => {
  // Read before anything is written: it tells the format, and the header needs that.
  const first = await source.pictures.next();
  const format = first.done === true ? undefined : source.codec?.format;
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
      ...container.writeArgs,
      path,
    ],
  });
  try {
    const muxer = await Muxer.create((bytes) => ffmpeg.write(bytes), format);
    const content = await mux(source, muxer, { first, format });
    await muxer.finish();
    await ffmpeg.finish();
    return content;
  } catch (error) {
    await ffmpeg.kill();
    throw error;
  }
};

const mux = async (
  { sounds, pictures }: ArchiveSource,
  muxer: Muxer,
  { first, format }: { first: IteratorResult<TimedData>; format: PictureFormat | undefined },
): Promise<ArchiveContent> => {
  const content = { pictures: new Tally(), sounds: new Tally(), format };
  let next = first;
  const takePicture = async (): Promise<void> => {
    if (next.done === true) {
      muxer.endPictures();
      return;
    }
    const ms = Math.round(next.value.ms);
    content.pictures.addData(next.value.data, ms);
    await muxer.picture({ ...next.value, ms });
  };
  await takePicture();
  for await (const sound of sounds) {
    const ms = Math.round(sound.ms);
    while (next.done !== true && next.value.ms <= ms) {
      next = await pictures.next();
      await takePicture();
    }
    content.sounds.addData(sound.data, ms);
    await muxer.sound({ ...sound, ms });
  }
  while (next.done !== true) {
    next = await pictures.next();
    await takePicture();
  }
  return content;
};
