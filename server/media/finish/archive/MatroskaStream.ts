import type { PictureFormat } from '../pictures/PictureCodec.ts';
import type { TimedData } from '../tracks/readPictures.ts';
import { element, float, openElement, size, unsigned } from './ebml.ts';

/** Fewer, larger writes into the pipe. */
const BATCH_BYTES = 128 * 1024;
/** Times in a cluster are relative to it, in 16 bits: 32 s at most. Shorter ones cost a few bytes. */
const CLUSTER_MS = 5_000;
const NANOSECONDS_PER_MS = 1_000_000;

/** Elements of Matroska (RFC 9559, 5). */
const ID = {
  ebml: 0x1a45dfa3,
  docType: 0x4282,
  docTypeVersion: 0x4287,
  docTypeReadVersion: 0x4285,
  segment: 0x18538067,
  info: 0x1549a966,
  timestampScale: 0x2ad7b1,
  muxingApp: 0x4d80,
  writingApp: 0x5741,
  tracks: 0x1654ae6b,
  entry: 0xae,
  number: 0xd7,
  uid: 0x73c5,
  type: 0x83,
  lacing: 0x9c,
  codecId: 0x86,
  codecPrivate: 0x63a2,
  seekPreRoll: 0x56bb,
  video: 0xe0,
  pixelWidth: 0xb0,
  pixelHeight: 0xba,
  audio: 0xe1,
  samplingFrequency: 0xb5,
  channels: 0x9f,
  cluster: 0x1f43b675,
  timestamp: 0xe7,
  simpleBlock: 0xa3,
} as const;

const CODEC_IDS = { vp8: 'V_VP8', vp9: 'V_VP9', avc: 'V_MPEG4/ISO/AVC', av1: 'V_AV1' } as const;
const PICTURES = 1;
const SOUNDS = 2;
const KEY = 0x80;

/** Opus' identification header (RFC 7845, 5.1): two channels, 48 kHz, and nothing to skip. */
const OPUS_HEAD = Buffer.from('OpusHead\x01\x02\x00\x00\x80\xbb\x00\x00\x00\x00\x00', 'latin1');
/** A decoder needs so much before the sound is right (RFC 7845, 4.6). */
const OPUS_PRE_ROLL_MS = 80;

/** Coded pictures and sounds, in the order of their times, as a Matroska stream. */
export class MatroskaStream {
  readonly #write: (bytes: Buffer) => Promise<void>;
  #parts: Buffer[] = [];
  #bytes = 0;
  #clusterMs = -Infinity;

  constructor(write: (bytes: Buffer) => Promise<void>, pictures: PictureFormat | undefined) {
    this.#write = write;
    this.#add(header(pictures));
  }

  /** Whole milliseconds. Resolves when more can be taken; undefined: at once. */
  picture(picture: TimedData): Promise<void> | undefined {
    return this.#block(PICTURES, picture);
  }

  sound(sound: TimedData): Promise<void> | undefined {
    return this.#block(SOUNDS, sound);
  }

  async finish(): Promise<void> {
    if (this.#bytes > 0) await this.#flush();
  }

  #block(track: number, { data, ms, isKey }: TimedData): Promise<void> | undefined {
    if (ms - this.#clusterMs > CLUSTER_MS) {
      this.#clusterMs = ms;
      this.#add(openElement(ID.cluster, element(ID.timestamp, unsigned(ms))));
    }
    const length = size(4 + data.length);
    const head = Buffer.alloc(1 + length.length + 4);
    head[0] = ID.simpleBlock;
    length.copy(head, 1);
    head[1 + length.length] = 0x80 | track;
    head.writeInt16BE(ms - this.#clusterMs, 2 + length.length);
    head[4 + length.length] = isKey ? KEY : 0;
    this.#add(head);
    this.#add(data);
    return this.#bytes < BATCH_BYTES ? undefined : this.#flush();
  }

  #add(bytes: Buffer): void {
    this.#parts.push(bytes);
    this.#bytes += bytes.length;
  }

  #flush(): Promise<void> {
    const bytes = Buffer.concat(this.#parts, this.#bytes);
    this.#parts = [];
    this.#bytes = 0;
    return this.#write(bytes);
  }
}

const text = (value: string): Buffer => Buffer.from(value, 'latin1');

const header = (pictures: PictureFormat | undefined): Buffer =>
  Buffer.concat([
    element(
      ID.ebml,
      element(ID.docType, text('matroska')),
      element(ID.docTypeVersion, unsigned(4)),
      element(ID.docTypeReadVersion, unsigned(2)),
    ),
    openElement(ID.segment),
    element(
      ID.info,
      element(ID.timestampScale, unsigned(NANOSECONDS_PER_MS)),
      element(ID.muxingApp, text('Roomtone')),
      element(ID.writingApp, text('Roomtone')),
    ),
    element(ID.tracks, ...(pictures ? [pictureTrack(pictures)] : []), soundTrack()),
  ]);

const track = (number: number, type: number, codecId: string): Buffer[] => [
  element(ID.number, unsigned(number)),
  element(ID.uid, unsigned(number)),
  element(ID.type, unsigned(type)),
  element(ID.lacing, unsigned(0)),
  element(ID.codecId, text(codecId)),
];

const pictureTrack = ({ codec, width, height, description }: PictureFormat): Buffer =>
  element(
    ID.entry,
    ...track(PICTURES, 1, CODEC_IDS[codec]),
    ...(description ? [element(ID.codecPrivate, description)] : []),
    element(
      ID.video,
      element(ID.pixelWidth, unsigned(width)),
      element(ID.pixelHeight, unsigned(height)),
    ),
  );

const soundTrack = (): Buffer =>
  element(
    ID.entry,
    ...track(SOUNDS, 2, 'A_OPUS'),
    element(ID.codecPrivate, OPUS_HEAD),
    element(ID.seekPreRoll, unsigned(OPUS_PRE_ROLL_MS * NANOSECONDS_PER_MS)),
    element(
      ID.audio,
      element(ID.samplingFrequency, float(48_000)),
      element(ID.channels, unsigned(2)),
    ),
  );
