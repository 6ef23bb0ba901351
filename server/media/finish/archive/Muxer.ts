import {
  EncodedAudioPacketSource,
  EncodedPacket,
  EncodedVideoPacketSource,
  MkvOutputFormat,
  Output,
  StreamTarget,
} from 'mediabunny';
import type { PictureFormat } from '../pictures/PictureCodec.ts';
import type { TimedData } from '../tracks/readPictures.ts';

/** Fewer, larger writes into the pipe. */
const BATCH_BYTES = 128 * 1024;

/** Opus' identification header (RFC 7845, 5.1): two channels, and nothing to skip. */
const OPUS_HEAD = Buffer.from('OpusHead\x01\x02\x00\x00\x80\xbb\x00\x00\x00\x00\x00', 'latin1');

const AUDIO_META = {
  decoderConfig: {
    codec: 'opus',
    numberOfChannels: 2,
    sampleRate: 48_000,
    description: OPUS_HEAD,
  },
};

/**
 * Makes a Matroska stream of coded pictures and sounds. The next picture has to be handed in before
 * the sounds up to it (and `endPictures` before those after the last), else it waits with all of them.
 */
export class Muxer {
  readonly #output: Output;
  readonly #audio = new EncodedAudioPacketSource('opus');
  readonly #video: EncodedVideoPacketSource | undefined;
  readonly #videoMeta: EncodedVideoChunkMetadata | undefined;
  readonly #batch: Batch;

  static async create(
    write: (bytes: Uint8Array) => Promise<void>,
    pictures: PictureFormat | undefined,
  ): Promise<Muxer> {
    const muxer = new Muxer(write, pictures);
    await muxer.#output.start();
    return muxer;
  }

  private constructor(
    write: (bytes: Uint8Array) => Promise<void>,
    pictures: PictureFormat | undefined,
  ) {
    this.#batch = new Batch(write);
    this.#output = new Output({
      format: new MkvOutputFormat({ appendOnly: true }),
      target: new StreamTarget(new WritableStream({ write: ({ data }) => this.#batch.add(data) })),
    });
    if (pictures) {
      const { codec, codecString, width, height, description } = pictures;
      this.#video = new EncodedVideoPacketSource(codec);
      this.#videoMeta = {
        decoderConfig: {
          codec: codecString,
          codedWidth: width,
          codedHeight: height,
          ...(description === undefined ? {} : { description }),
        },
      };
      this.#output.addVideoTrack(this.#video);
    }
    this.#output.addAudioTrack(this.#audio);
  }

  async picture({ data, ms, isKey }: TimedData): Promise<void> {
    const packet = new EncodedPacket(data, isKey ? 'key' : 'delta', ms / 1000, 0);
    await this.#video?.add(packet, this.#videoMeta);
  }

  endPictures(): void {
    this.#video?.close();
  }

  async sound({ data, ms }: TimedData): Promise<void> {
    await this.#audio.add(new EncodedPacket(data, 'key', ms / 1000, 0), AUDIO_META);
  }

  async finish(): Promise<void> {
    await this.#output.finalize();
    await this.#batch.flush();
  }

  async cancel(): Promise<void> {
    await this.#output.cancel();
  }
}

class Batch {
  readonly #write: (bytes: Uint8Array) => Promise<void>;
  #parts: Uint8Array[] = [];
  #bytes = 0;

  constructor(write: (bytes: Uint8Array) => Promise<void>) {
    this.#write = write;
  }

  add(bytes: Uint8Array): Promise<void> | undefined {
    this.#parts.push(bytes);
    this.#bytes += bytes.length;
    return this.#bytes < BATCH_BYTES ? undefined : this.flush();
  }

  async flush(): Promise<void> {
    const bytes = Buffer.concat(this.#parts);
    this.#parts = [];
    this.#bytes = 0;
    if (bytes.length > 0) await this.#write(bytes);
  }
}
