import { BitReader } from './BitReader.ts';

/** Types of OBUs (AV1 specification, 6.2.2). */
export const TYPE = { sequence: 1, delimiter: 2, tileList: 8, padding: 15 } as const;

export const typeOf = (unit: Buffer): number => ((unit[0] ?? 0) >> 3) & 0x0f;

const HAS_EXTENSION = 0x04;
const HAS_SIZE = 0x02;

/** The same unit with its size in its head, as files want it; RTP leaves it out. */
export const withSize = (unit: Buffer): Buffer => {
  const head = unit[0] ?? 0;
  if ((head & HAS_SIZE) !== 0) return unit;
  const headLength = (head & HAS_EXTENSION) === 0 ? 1 : 2;
  const size = leb128(unit.length - headLength);
  const begin = Buffer.from(unit.subarray(0, headLength));
  begin[0] = head | HAS_SIZE;
  return Buffer.concat([begin, size, unit.subarray(headLength)]);
};

const leb128 = (value: number): Buffer => {
  const bytes: number[] = [];
  let rest = value;
  do {
    bytes.push((rest & 0x7f) | (rest > 0x7f ? 0x80 : 0));
    rest >>>= 7;
  } while (rest > 0);
  return Buffer.from(bytes);
};

export interface SequenceFacts {
  readonly profile: number;
  readonly level: number;
  readonly tier: number;
  readonly width: number;
  readonly height: number;
}

/** Sequence header (AV1 specification, 5.5) as far as the size of its pictures. */
export const readSequence = (unit: Buffer): SequenceFacts | undefined => {
  const bits = new BitReader(unit.subarray(payloadStart(unit)));
  const profile = bits.bits(3);
  bits.skip(1);
  const isReduced = bits.flag();
  const { level, tier } = isReduced ? { level: bits.bits(5), tier: 0 } : readPoints(bits);
  const [widthBits, heightBits] = [bits.bits(4) + 1, bits.bits(4) + 1];
  const [width, height] = [bits.bits(widthBits) + 1, bits.bits(heightBits) + 1];
  if (bits.isPastEnd) return undefined;
  return { profile, level, tier, width, height };
};

/** The `av1C` record (AV1 in ISOBMFF, 2.3), of eight bits: 4:2:0, or 4:4:4 in profile 1. */
export const av1Record = ({ profile, level, tier }: SequenceFacts, sequence: Buffer): Buffer => {
  const chroma = profile === 1 ? 0 : 0x0c;
  const head = Buffer.from([0x81, (profile << 5) | level, (tier << 7) | chroma, 0]);
  return Buffer.concat([head, withSize(sequence)]);
};

const payloadStart = (unit: Buffer): number => {
  const head = unit[0] ?? 0;
  let start = (head & HAS_EXTENSION) === 0 ? 1 : 2;
  if ((head & HAS_SIZE) === 0) return start;
  while (((unit[start] ?? 0) & 0x80) !== 0) start += 1;
  return start + 1;
};

/** Level and tier of the first operating point, which is all that the sender sends. */
const readPoints = (bits: BitReader): { level: number; tier: number } => {
  let hasDecoderModel = false;
  let delayBits = 0;
  if (bits.flag()) {
    bits.skip(64);
    if (bits.flag()) bits.ue();
    hasDecoderModel = bits.flag();
    if (hasDecoderModel) {
      delayBits = bits.bits(5) + 1;
      bits.skip(42);
    }
  }
  const hasDelays = bits.flag();
  const points = bits.bits(5) + 1;
  let first: { level: number; tier: number } | undefined;
  for (let i = 0; i < points; i++) {
    bits.skip(12);
    const level = bits.bits(5);
    const tier = level > 7 ? bits.bits(1) : 0;
    first ??= { level, tier };
    if (hasDecoderModel && bits.flag()) bits.skip(2 * delayBits + 1);
    if (hasDelays && bits.flag()) bits.skip(4);
  }
  return first ?? { level: 0, tier: 0 };
};
