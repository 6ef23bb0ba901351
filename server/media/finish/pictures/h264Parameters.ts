import { BitReader } from './BitReader.ts';

export interface PictureSize {
  readonly width: number;
  readonly height: number;
}

/** Profiles whose sequence parameters tell the chroma format (H.264, 7.3.2.1.1). */
const WITH_CHROMA = new Set([100, 110, 122, 244, 44, 83, 86, 118, 128, 138, 139, 134, 135]);

/** The size that a sequence parameter set tells; undefined: it cannot be. */
export const sizeIn = (sps: Buffer): PictureSize | undefined => {
  const bits = new BitReader(unescaped(sps.subarray(1)));
  const profile = bits.bits(8);
  bits.skip(16);
  bits.ue();
  let chroma = 1;
  if (WITH_CHROMA.has(profile)) chroma = skipChroma(bits);
  bits.ue();
  skipOrderCount(bits);
  bits.ue();
  bits.skip(1);
  const widthInBlocks = bits.ue() + 1;
  const heightInUnits = bits.ue() + 1;
  const framesOnly = bits.flag();
  if (!framesOnly) bits.skip(1);
  bits.skip(1);
  const crop = bits.flag() ? [bits.ue(), bits.ue(), bits.ue(), bits.ue()] : [0, 0, 0, 0];
  const [left, right, top, bottom] = crop.map((value) => value ?? 0);
  const cropX = chroma === 1 || chroma === 2 ? 2 : 1;
  const cropY = (chroma === 1 ? 2 : 1) * (framesOnly ? 1 : 2);
  const width = widthInBlocks * 16 - ((left ?? 0) + (right ?? 0)) * cropX;
  const height = heightInUnits * 16 * (framesOnly ? 1 : 2) - ((top ?? 0) + (bottom ?? 0)) * cropY;
  return bits.isPastEnd || width <= 0 || height <= 0 ? undefined : { width, height };
};

/** Returns chroma_format_idc. */
const skipChroma = (bits: BitReader): number => {
  const chroma = bits.ue();
  if (chroma === 3) bits.skip(1);
  bits.ue();
  bits.ue();
  bits.skip(1);
  if (!bits.flag()) return chroma;
  for (let list = 0; list < (chroma === 3 ? 12 : 8); list++) {
    if (bits.flag()) skipScalingList(bits, list < 6 ? 16 : 64);
  }
  return chroma;
};

const skipScalingList = (bits: BitReader, size: number): void => {
  let [last, next] = [8, 8];
  for (let i = 0; i < size; i++) {
    if (next !== 0) next = (last + bits.se() + 256) % 256;
    if (next !== 0) last = next;
  }
};

const skipOrderCount = (bits: BitReader): void => {
  const type = bits.ue();
  if (type === 0) bits.ue();
  if (type !== 1) return;
  bits.skip(1);
  bits.se();
  bits.se();
  const count = bits.ue();
  for (let i = 0; i < Math.min(count, 255); i++) bits.se();
};

/** Without the bytes that keep start codes out of the data (H.264, 7.4.1). */
const unescaped = (bytes: Buffer): Buffer => {
  const result: number[] = [];
  for (const [i, byte] of bytes.entries()) {
    const isEscape = byte === 3 && i >= 2 && bytes[i - 1] === 0 && bytes[i - 2] === 0;
    if (!isEscape) result.push(byte);
  }
  return Buffer.from(result);
};

/** The `avcC` record (ISO 14496-15, 5.3.3.1) for samples whose units have four bytes of length. */
export const avcRecord = (sps: Buffer, pps: Buffer): Buffer =>
  Buffer.concat([
    Buffer.from([1, sps[1] ?? 0, sps[2] ?? 0, sps[3] ?? 0, 0xff, 0xe1]),
    length16(sps),
    sps,
    Buffer.from([1]),
    length16(pps),
    pps,
    // High profiles tell here what the parameters tell as well: 4:2:0, 8 bits, no extensions.
    ...(WITH_CHROMA.has(sps[1] ?? 0) ? [Buffer.from([0xfd, 0xf8, 0xf8, 0])] : []),
  ]);

const length16 = ({ length }: Buffer): Buffer => Buffer.from([length >> 8, length & 0xff]);
