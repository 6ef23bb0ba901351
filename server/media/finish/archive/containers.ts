import type { PictureFormat } from '../pictures/PictureCodec.ts';

/** How an archive is written and read back. */
export interface Container {
  readonly extension: 'webm' | 'mp4';
  /** For ffmpeg. */
  readonly writeArgs: readonly string[];
  readonly readFormat: string;
}

const WEBM: Container = {
  extension: 'webm',
  // A cue for every other second; the index in front, so that a player seeks without reading the end.
  writeArgs: ['-cluster_time_limit', '2000', '-cues_to_front', '1', '-f', 'webm'],
  readFormat: 'matroska',
};

const MP4: Container = {
  extension: 'mp4',
  writeArgs: ['-movflags', '+faststart', '-f', 'mp4'],
  readFormat: 'mov',
};

/** By the codec of the pictures; what has none is WebM. */
export const containerOf = (codec: string | undefined): Container =>
  codec === 'h264' ? MP4 : WEBM;

/** Media type with codecs (RFC 6381). */
export const mediaTypeOf = (
  { extension }: Container,
  pictures: PictureFormat | undefined,
): string =>
  pictures
    ? `video/${extension}; codecs="${pictures.codecString}, opus"`
    : `audio/${extension}; codecs="opus"`;
