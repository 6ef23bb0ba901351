import type { PictureFormat } from '../pictures/PictureCodec.ts';

/** How an archive is written and read back. */
export interface Container {
  readonly extension: 'webm' | 'mp4';
  /** For ffmpeg, where it is the one that writes. */
  readonly writeArgs: readonly string[] | undefined;
  /** For ffmpeg. */
  readonly readFormat: string;
}

const WEBM: Container = { extension: 'webm', writeArgs: undefined, readFormat: 'matroska' };

const MP4: Container = {
  extension: 'mp4',
  // The index in front, so that a player seeks without reading the end.
  writeArgs: ['-movflags', '+faststart', '-f', 'mp4'],
  readFormat: 'mov',
};

/** By the codec of the pictures; what has none is WebM. */
export const containerOf = (codec: string | undefined): Container =>
  codec === 'h264' ? MP4 : WEBM;

/** Of an archive, by its name. */
export const containerOfFile = (name: string): Container =>
  name.endsWith(`.${MP4.extension}`) ? MP4 : WEBM;

/** Media type with codecs (RFC 6381). */
export const mediaTypeOf = (
  { extension }: Container,
  pictures: PictureFormat | undefined,
): string =>
  pictures
    ? `video/${extension}; codecs="${pictures.codecString}, opus"`
    : `audio/${extension}; codecs="opus"`;
