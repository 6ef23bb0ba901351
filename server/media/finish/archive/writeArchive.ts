import { Ffmpeg, INPUT_ARGS, type FfmpegOptions } from '../../ffmpeg.ts';
import type { PictureCodec, PictureFormat } from '../pictures/PictureCodec.ts';
import type { TimedData } from '../tracks/readPictures.ts';
import type { Container } from './containers.ts';
import { MatroskaStream } from './MatroskaStream.ts';
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
    const stream = new MatroskaStream((bytes) => ffmpeg.write(bytes), format);
    const content = await mux(source, stream, { first, format });
    await stream.finish();
    await ffmpeg.finish();
    return content;
  } catch (error) {
    await ffmpeg.kill();
    throw error;
  }
};

const mux = async (
  { sounds, pictures }: ArchiveSource,
  stream: MatroskaStream,
  { first, format }: { first: IteratorResult<TimedData>; format: PictureFormat | undefined },
): Promise<ArchiveContent> => {
  const content = { pictures: new Tally(), sounds: new Tally(), format };
  let next = first;
  const takePictures = async (untilMs: number): Promise<void> => {
    while (next.done !== true && next.value.ms <= untilMs) {
      const picture = { ...next.value, ms: Math.round(next.value.ms) };
      content.pictures.addData(picture.data, picture.ms);
      await stream.picture(picture);
      next = await pictures.next();
    }
  };
  for await (const timed of sounds) {
    const sound = { ...timed, ms: Math.round(timed.ms) };
    if (next.done !== true && next.value.ms <= sound.ms) await takePictures(sound.ms);
    content.sounds.addData(sound.data, sound.ms);
    await stream.sound(sound);
  }
  await takePictures(Infinity);
  return content;
};
