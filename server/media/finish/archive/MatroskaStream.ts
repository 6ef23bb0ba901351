import type { PictureFormat } from '../pictures/PictureCodec.ts';
import type { TimedData } from '../tracks/readPictures.ts';
import type { PacketSink } from './PacketSink.ts';
import { element, openElement, unsigned } from './ebml.ts';
import { blockHead, ebmlHeader, ID, infoOf, PICTURES, SOUNDS, tracksOf } from './matroska.ts';

/** Fewer, larger writes into the pipe. */
const BATCH_BYTES = 128 * 1024;
const CLUSTER_MS = 5_000;

/** Coded pictures and sounds as a stream that is read while it is written. */
export class MatroskaStream implements PacketSink {
  readonly #write: (bytes: Buffer) => Promise<void>;
  #parts: Buffer[];
  #bytes = 0;
  #clusterMs = -Infinity;

  constructor(write: (bytes: Buffer) => Promise<void>, pictures: PictureFormat | undefined) {
    this.#write = write;
    this.#parts = [ebmlHeader('matroska'), openElement(ID.segment), infoOf(), tracksOf(pictures)];
  }

  picture(picture: TimedData): Promise<void> | undefined {
    return this.#block(PICTURES, picture);
  }

  sound(sound: TimedData): Promise<void> | undefined {
    return this.#block(SOUNDS, sound);
  }

  async finish(): Promise<void> {
    await this.#flush();
  }

  #block(track: number, packet: TimedData): Promise<void> | undefined {
    if (packet.ms - this.#clusterMs > CLUSTER_MS) {
      this.#clusterMs = packet.ms;
      this.#parts.push(openElement(ID.cluster, element(ID.timestamp, unsigned(packet.ms))));
    }
    this.#parts.push(blockHead(track, packet, this.#clusterMs), packet.data);
    this.#bytes += packet.data.length;
    return this.#bytes < BATCH_BYTES ? undefined : this.#flush();
  }

  #flush(): Promise<void> {
    const bytes = Buffer.concat(this.#parts);
    this.#parts = [];
    this.#bytes = 0;
    return this.#write(bytes);
  }
}
