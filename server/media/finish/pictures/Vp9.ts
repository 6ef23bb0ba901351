import { BitReader } from './BitReader.ts';
import type { PictureSize } from './h264Parameters.ts';
import { hidden } from './vp9Hidden.ts';
import type { CodedPicture, PictureCodec, PictureFormat } from './PictureCodec.ts';

interface Descriptor {
  readonly length: number;
  /** Of a frame, which is one spatial layer of a picture. */
  readonly begins: boolean;
  readonly ends: boolean;
  readonly layer: number;
  /** Of the largest layer, when it is told. */
  readonly size: PictureSize | undefined;
}

/** VP9 in RTP (RFC 9628). Spatial layers of one picture become one superframe. */
export class Vp9 implements PictureCodec {
  /** Frames tell their ends, and a switch of layers may take the marker away. */
  readonly needsMarker = false;
  #format: PictureFormat | undefined;

  get format(): PictureFormat | undefined {
    return this.#format;
  }

  isStart(payload: Buffer): boolean {
    return ((payload[0] ?? 0) & 0x08) !== 0;
  }

  assemble(payloads: readonly Buffer[]): CodedPicture | undefined {
    const frames: Buffer[] = [];
    let parts: Buffer[] = [];
    let size: PictureSize | undefined;
    let firstLayer: number | undefined;
    for (const payload of payloads) {
      const descriptor = readDescriptor(payload);
      if (!descriptor || descriptor.begins !== (parts.length === 0)) return undefined;
      firstLayer ??= descriptor.layer;
      size ??= descriptor.size;
      parts.push(payload.subarray(descriptor.length));
      if (!descriptor.ends) continue;
      frames.push(Buffer.concat(parts));
      parts = [];
    }
    const [first] = frames;
    if (!first || parts.length > 0) return undefined;
    const header = readFrameHeader(first);
    if (!header) return undefined;
    // What looks like a key frame above the lowest layer has lost that one.
    if (header.isKey && firstLayer !== 0) return undefined;
    if (header.isKey) this.#describe(header.profile, size ?? header.size);
    return { data: frames.length === 1 ? first : layered(frames), isKey: header.isKey };
  }

  #describe(profile: number, size: PictureSize | undefined): void {
    if (!size) return;
    // Level 4.1 is said of all: it is not in the stream, and decoders do not mind.
    const codecString = `vp09.0${profile}.41.08`;
    this.#format ??= { codec: 'vp9', codecString, ...size };
  }
}

/** RFC 9628, 4.2. */
const readDescriptor = (payload: Buffer): Descriptor | undefined => {
  const first = payload[0] ?? 0;
  const has = (bit: number): boolean => (first & bit) !== 0;
  const [hasId, isPredicted, hasLayer, isFlexible] = [has(0x80), has(0x40), has(0x20), has(0x10)];
  let offset = 1;
  if (hasId) offset += ((payload[offset] ?? 0) & 0x80) === 0 ? 1 : 2;
  let layer = 0;
  if (hasLayer) {
    layer = ((payload[offset] ?? 0) >> 1) & 0x07;
    offset += isFlexible ? 1 : 2;
  }
  if (isFlexible && isPredicted) {
    // References, three at most, each telling whether another follows.
    for (let i = 0; i < 3; i++) {
      const reference = payload[offset] ?? 0;
      offset += 1;
      if ((reference & 0x01) === 0) break;
    }
  }
  let size: PictureSize | undefined;
  if (has(0x02)) [size, offset] = readStructure(payload, offset);
  if (offset >= payload.length) return undefined;
  return { length: offset, begins: has(0x08), ends: has(0x04), layer, size };
};

/** The scalability structure: sizes of layers, and how pictures refer to each other. */
const readStructure = (
  payload: Buffer,
  start: number,
): [size: PictureSize | undefined, end: number] => {
  const head = payload[start] ?? 0;
  const layers = (head >> 5) + 1;
  let offset = start + 1;
  let size: PictureSize | undefined;
  if ((head & 0x10) !== 0) {
    const last = offset + (layers - 1) * 4;
    if (last + 4 > payload.length) return [undefined, payload.length];
    size = { width: payload.readUInt16BE(last), height: payload.readUInt16BE(last + 2) };
    offset = last + 4;
  }
  if ((head & 0x08) !== 0) {
    const pictures = payload[offset] ?? 0;
    offset += 1;
    for (let i = 0; i < pictures; i++) offset += 1 + (((payload[offset] ?? 0) >> 2) & 0x03);
  }
  return [size, offset];
};

interface FrameHeader {
  readonly isKey: boolean;
  readonly profile: number;
  /** Of key frames. */
  readonly size: PictureSize | undefined;
}

const SYNC_CODE = 0x498342;
const RGB = 7;

/** The beginning of the uncompressed header (VP9 bitstream specification, 6.2). */
const readFrameHeader = (frame: Buffer): FrameHeader | undefined => {
  const bits = new BitReader(frame);
  if (bits.bits(2) !== 2) return undefined;
  const profile = bits.bits(1) + bits.bits(1) * 2;
  if (profile === 3) bits.skip(1);
  // A frame that is shown again.
  if (bits.flag()) return { isKey: false, profile, size: undefined };
  const isKey = !bits.flag();
  bits.skip(2);
  if (!isKey) return { isKey, profile, size: undefined };
  if (bits.bits(24) !== SYNC_CODE) return undefined;
  if (profile >= 2) bits.skip(1);
  const isRgb = bits.bits(3) === RGB;
  if (!isRgb) bits.skip(1);
  if (profile % 2 === 1) bits.skip(isRgb ? 1 : 3);
  const size = { width: bits.bits(16) + 1, height: bits.bits(16) + 1 };
  return { isKey, profile, size };
};

/** The last frame is the picture; those below are only what it is made of. */
const layered = (frames: readonly Buffer[]): Buffer =>
  superframe(frames.map((frame, i) => (i < frames.length - 1 ? (hidden(frame) ?? frame) : frame)));

/** Frames of one picture, and an index behind them by which decoders tell them apart (annex B). */
const superframe = (frames: readonly Buffer[]): Buffer => {
  const magnitude = frames.some(({ length }) => length > 0xffff) ? 4 : 2;
  const marker = 0xc0 | ((magnitude - 1) << 3) | (frames.length - 1);
  const sizes = Buffer.alloc(frames.length * magnitude);
  for (const [i, { length }] of frames.entries()) {
    sizes.writeUIntLE(length, i * magnitude, magnitude);
  }
  return Buffer.concat([...frames, Buffer.from([marker]), sizes, Buffer.from([marker])]);
};
