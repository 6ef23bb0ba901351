import type { CodedPicture, PictureCodec, PictureFormat } from './PictureCodec.ts';

const START_OF_KEY_PICTURE = 0x9d012a;
const KEY_HEADER_BYTES = 10;

/** VP8 in RTP (RFC 7741). */
export class Vp8 implements PictureCodec {
  readonly needsMarker = true;
  #format: PictureFormat | undefined;

  get format(): PictureFormat | undefined {
    return this.#format;
  }

  isStart(payload: Buffer): boolean {
    // S is set, and the partition is the first.
    return ((payload[0] ?? 0) & 0x17) === 0x10;
  }

  assemble(payloads: readonly Buffer[]): CodedPicture | undefined {
    const parts: Buffer[] = [];
    for (const payload of payloads) {
      const length = descriptorLength(payload);
      if (length >= payload.length) return undefined;
      parts.push(payload.subarray(length));
    }
    const data = Buffer.concat(parts);
    const isKey = ((data[0] ?? 1) & 0x01) === 0;
    if (isKey && !this.#readKeyHeader(data)) return undefined;
    return { data, isKey };
  }

  /** RFC 6386, 9.1. */
  #readKeyHeader(data: Buffer): boolean {
    if (data.length < KEY_HEADER_BYTES) return false;
    if (data.readUIntBE(3, 3) !== START_OF_KEY_PICTURE) return false;
    const width = data.readUInt16LE(6) & 0x3fff;
    const height = data.readUInt16LE(8) & 0x3fff;
    if (width === 0 || height === 0) return false;
    this.#format ??= { codec: 'vp8', codecString: 'vp8', width, height };
    return true;
  }
}

const descriptorLength = (payload: Buffer): number => {
  const first = payload[0] ?? 0;
  if ((first & 0x80) === 0) return 1;
  const extension = payload[1] ?? 0;
  let length = 2;
  if ((extension & 0x80) !== 0) length += ((payload[2] ?? 0) & 0x80) === 0 ? 1 : 2;
  if ((extension & 0x40) !== 0) length += 1;
  if ((extension & 0x30) !== 0) length += 1;
  return length;
};
