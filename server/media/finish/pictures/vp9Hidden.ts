import { BitReader } from './BitReader.ts';

/**
 * The same VP9 frame, decoded but not shown; undefined: that cannot be done with it.
 *
 * Each spatial layer of a picture is a frame that says it is to be shown, and a decoder is meant to
 * show the last of a superframe only. libvpx does; ffmpeg shows them all, which flickers in sizes. A
 * frame that other frames are made of and nobody sees is what every decoder knows. In a frame between
 * key frames the change takes one more bit (`intra_only`), so all of its header moves by one.
 */
export const hidden = (frame: Buffer): Buffer | undefined => {
  const bits = new BitReader(frame);
  if (bits.bits(2) !== 2) return undefined;
  const profile = bits.bits(1) + bits.bits(1) * 2;
  if (profile === 3) bits.skip(1);
  if (bits.flag()) return undefined;
  const isKey = !bits.flag();
  const showAt = bits.position;
  if (!bits.flag()) return frame;
  const result = Buffer.from(frame);
  clearBit(result, showAt);
  if (isKey) return result;
  const isResilient = bits.flag();
  const insertAt = bits.position;
  const end = endOfInterHeader(bits, isResilient);
  if (end === undefined || end > frame.length * 8) return undefined;
  return withZeroBit(result, insertAt, end);
};

const clearBit = (bytes: Buffer, at: number): void => {
  bytes[at >> 3] = (bytes[at >> 3] ?? 0) & ~(0x80 >> (at & 7));
};

/** `end`: of the header, which is followed by zeros up to the next whole byte. */
const withZeroBit = (frame: Buffer, at: number, end: number): Buffer => {
  const oldLength = Math.ceil(end / 8);
  const header = Buffer.alloc(Math.ceil((end + 1) / 8));
  for (let bit = 0; bit < end; bit++) {
    const isSet = ((frame[bit >> 3] ?? 0) & (0x80 >> (bit & 7))) !== 0;
    const to = bit < at ? bit : bit + 1;
    if (isSet) header[to >> 3] = (header[to >> 3] ?? 0) | (0x80 >> (to & 7));
  }
  return Buffer.concat([header, frame.subarray(oldLength)]);
};

/** Behind `error_resilient_mode` up to `header_size_in_bytes` (VP9 bitstream specification, 6.2). */
const endOfInterHeader = (bits: BitReader, isResilient: boolean): number | undefined => {
  if (!isResilient) bits.skip(2);
  bits.skip(8 + 3 * 4);
  // A size like that of another frame would have to be known from there; layers tell their own.
  if (bits.flag() || bits.flag() || bits.flag()) return undefined;
  const width = bits.bits(16) + 1;
  bits.skip(16);
  if (bits.flag()) bits.skip(32);
  bits.skip(1);
  if (!bits.flag()) bits.skip(2);
  if (!isResilient) bits.skip(2);
  bits.skip(2);
  skipLoopFilter(bits);
  bits.skip(8);
  for (let i = 0; i < 3; i++) skipWhenSet(bits, 5);
  skipSegmentation(bits);
  skipTiles(bits, width);
  bits.skip(16);
  return bits.position;
};

const skipWhenSet = (bits: BitReader, count: number): void => {
  if (bits.flag()) bits.skip(count);
};

const skipLoopFilter = (bits: BitReader): void => {
  bits.skip(9);
  if (!bits.flag() || !bits.flag()) return;
  for (let i = 0; i < 6; i++) skipWhenSet(bits, 7);
};

/** Value and sign of each segmentation feature. */
const FEATURE_BITS = [9, 7, 2, 0];

const skipSegmentation = (bits: BitReader): void => {
  if (!bits.flag()) return;
  if (bits.flag()) {
    for (let i = 0; i < 7; i++) skipWhenSet(bits, 8);
    const isTemporal = bits.flag();
    if (isTemporal) for (let i = 0; i < 3; i++) skipWhenSet(bits, 8);
  }
  if (!bits.flag()) return;
  bits.skip(1);
  for (let segment = 0; segment < 8; segment++) {
    for (const count of FEATURE_BITS) skipWhenSet(bits, count);
  }
};

const skipTiles = (bits: BitReader, width: number): void => {
  const blocks64 = Math.ceil(Math.ceil(width / 8) / 8);
  let least = 0;
  while (64 * 2 ** least < blocks64) least += 1;
  let most = 1;
  while (blocks64 >> most >= 4) most += 1;
  most -= 1;
  for (let columns = least; columns < most && bits.flag(); columns++);
  if (bits.flag()) bits.skip(1);
};
