import type { PictureFormat } from '../pictures/PictureCodec.ts';
import type { TimedData } from '../tracks/readPictures.ts';
import { element, float, size, text, unsigned } from './ebml.ts';

/** Elements of Matroska (RFC 9559, 5), of which WebM is a part. */
export const ID = {
  void: 0xec,
  ebml: 0x1a45dfa3,
  docType: 0x4282,
  docTypeVersion: 0x4287,
  docTypeReadVersion: 0x4285,
  segment: 0x18538067,
  seekHead: 0x114d9b74,
  seek: 0x4dbb,
  seekId: 0x53ab,
  seekPosition: 0x53ac,
  info: 0x1549a966,
  timestampScale: 0x2ad7b1,
  duration: 0x4489,
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
  cues: 0x1c53bb6b,
  cuePoint: 0xbb,
  cueTime: 0xb3,
  cueTrackPositions: 0xb7,
  cueTrack: 0xf7,
  cueClusterPosition: 0xf1,
} as const;

export const PICTURES = 1;
export const SOUNDS = 2;

const NANOSECONDS_PER_MS = 1_000_000;
const CODEC_IDS = { vp8: 'V_VP8', vp9: 'V_VP9', avc: 'V_MPEG4/ISO/AVC', av1: 'V_AV1' } as const;
const KEY = 0x80;

/** Opus' identification header (RFC 7845, 5.1): two channels, 48 kHz, and nothing to skip. */
const OPUS_HEAD = Buffer.from('OpusHead\x01\x02\x00\x00\x80\xbb\x00\x00\x00\x00\x00', 'latin1');
/** A decoder needs so much before the sound is right (RFC 7845, 4.6). */
const OPUS_PRE_ROLL_MS = 80;

export const ebmlHeader = (docType: 'matroska' | 'webm'): Buffer =>
  element(
    ID.ebml,
    element(ID.docType, text(docType)),
    element(ID.docTypeVersion, unsigned(4)),
    element(ID.docTypeReadVersion, unsigned(2)),
  );

/** Times are in milliseconds. */
export const infoOf = (durationMs?: number): Buffer =>
  element(
    ID.info,
    element(ID.timestampScale, unsigned(NANOSECONDS_PER_MS)),
    element(ID.muxingApp, text('Roomtone')),
    element(ID.writingApp, text('Roomtone')),
    ...(durationMs === undefined ? [] : [element(ID.duration, float(durationMs))]),
  );

export const tracksOf = (pictures: PictureFormat | undefined): Buffer =>
  element(ID.tracks, ...(pictures ? [pictureTrack(pictures)] : []), soundTrack());

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

/** What stands before a packet's data. Its time is relative to the cluster, in 16 bits: 32 s at most. */
export const blockHead = (
  number: number,
  { data, ms, isKey }: TimedData,
  clusterMs: number,
): Buffer => {
  const length = size(4 + data.length);
  const head = Buffer.allocUnsafe(1 + length.length + 4);
  head[0] = ID.simpleBlock;
  length.copy(head, 1);
  head[1 + length.length] = 0x80 | number;
  head.writeInt16BE(ms - clusterMs, 2 + length.length);
  head[4 + length.length] = isKey ? KEY : 0;
  return head;
};
