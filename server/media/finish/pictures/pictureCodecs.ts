import { Av1 } from './Av1.ts';
import { H264 } from './H264.ts';
import type { PictureCodec } from './PictureCodec.ts';
import { Vp8 } from './Vp8.ts';
import { Vp9 } from './Vp9.ts';

const CODECS: Readonly<Record<string, () => PictureCodec>> = {
  vp8: () => new Vp8(),
  vp9: () => new Vp9(),
  h264: () => new H264(),
  av1: () => new Av1(),
};

/** `codec`: as in `StreamFormat`. */
export const isPictureCodec = (codec: string): boolean => Object.hasOwn(CODECS, codec);

export const pictureCodec = (codec: string | undefined): PictureCodec | undefined =>
  codec === undefined ? undefined : CODECS[codec]?.();
