import type { FfmpegOptions } from '../../ffmpeg.ts';
import type { ArchivePlan } from '../plan/planArchives.ts';
import { pictureCodec } from '../pictures/pictureCodecs.ts';
import type { PictureCodec } from '../pictures/PictureCodec.ts';
import type { TrackClock } from '../timing/clocks.ts';
import { OpusLine } from '../tracks/OpusLine.ts';
import { orderedPackets } from '../tracks/orderedPackets.ts';
import { PictureLine } from '../tracks/PictureLine.ts';
import { readPictures, type TimedData } from '../tracks/readPictures.ts';
import type { ReadingOptions, TrackScan } from '../tracks/scanTrack.ts';
import { mediaTypeOf } from './containers.ts';
import { copyTimeLimitMs } from './copyTimeLimit.ts';
import { writeArchive, type ArchiveContent } from './writeArchive.ts';

export interface PlacedTrack {
  readonly scan: TrackScan;
  readonly clock: TrackClock;
}

export interface BuildOptions extends FfmpegOptions, ReadingOptions {
  readonly path: string;
  readonly durationMs: number;
  readonly pictures: readonly PlacedTrack[];
  readonly sounds: readonly PlacedTrack[];
}

export interface BuiltArchive {
  readonly type: string;
  readonly content: ArchiveContent;
  /** Left out because packets of theirs, or of pictures that they need, were missing. */
  readonly droppedPictures: number;
}

/** One packet of sound: of less there can be no file. */
export const LEAST_ARCHIVE_MS = 20;

/** Writes the file of a plan, which is at least `LEAST_ARCHIVE_MS` long. */
export const buildArchive = async (
  { container, codec }: Pick<ArchivePlan, 'container' | 'codec'>,
  options: BuildOptions,
): Promise<BuiltArchive> => {
  const { path, durationMs, signal, ffmpegBin, setprivBin } = options;
  let droppedPictures = 0;
  const onDropped = (pictures: number): void => {
    droppedPictures += pictures;
  };
  const read = pictureCodec(codec);
  // Broken off in the middle, they would keep their journal open.
  await using pictures = picturesOf(options, read, onDropped);
  const source = { sounds: soundsOf(options), pictures, codec: read };
  const timeLimitMs = copyTimeLimitMs(durationMs);
  const writing = { path, container, durationMs, signal, timeLimitMs, ffmpegBin, setprivBin };
  const content = await writeArchive(source, writing);
  return { type: mediaTypeOf(container, content.format), content, droppedPictures };
};

async function* soundsOf({
  sounds,
  durationMs,
  ...reading
}: BuildOptions): AsyncGenerator<TimedData> {
  const line = new OpusLine({ endsMs: durationMs });
  for (const { scan, clock } of sounds) {
    for await (const packets of orderedPackets(scan, reading)) {
      for (const packet of packets) yield* line.packet(packet.payload, clock.toMs(packet));
    }
  }
  yield* line.end();
}

async function* picturesOf(
  { pictures, durationMs, ...reading }: BuildOptions,
  codec: PictureCodec | undefined,
  onDropped: (pictures: number) => void,
): AsyncGenerator<TimedData> {
  if (!codec) return;
  const line = new PictureLine({ endsMs: durationMs });
  for (const { scan, clock } of pictures) {
    for await (const picture of readPictures(scan, clock, { ...reading, codec, onDropped })) {
      const placed = line.place(picture);
      if (placed) yield placed;
    }
  }
}
