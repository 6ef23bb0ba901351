import type { TrackClock } from '../timing/clocks.ts';
import { PictureAssembler } from '../pictures/PictureAssembler.ts';
import type { PictureCodec } from '../pictures/PictureCodec.ts';
import { orderedPackets } from './orderedPackets.ts';
import type { ReadingOptions, TrackScan } from './scanTrack.ts';

/** A coded picture or sound with its time on the recording's clock. */
export interface TimedData {
  readonly data: Buffer;
  readonly ms: number;
  readonly isKey: boolean;
}

/** The whole pictures of a video track; `onDropped` is told at the end how many were not. */
export async function* readPictures(
  scan: TrackScan,
  clock: TrackClock,
  { codec, onDropped, ...reading }: ReadingOptions & PictureReading,
): AsyncGenerator<TimedData> {
  const assembler = new PictureAssembler(codec);
  for await (const packets of orderedPackets(scan, reading)) {
    for (const packet of packets) {
      for (const picture of assembler.push(packet)) {
        yield { data: picture.data, ms: clock.toMs(picture), isKey: picture.isKey };
      }
    }
  }
  onDropped(assembler.dropped);
}

interface PictureReading {
  readonly codec: PictureCodec;
  readonly onDropped: (pictures: number) => void;
}
