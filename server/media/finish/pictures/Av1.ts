import { av1Record, readSequence, TYPE, typeOf, withSize } from './av1Units.ts';
import type { CodedPicture, PictureCodec, PictureFormat } from './PictureCodec.ts';

/** Not for files (AV1 in Matroska: temporal delimiters, tile lists and padding are left out). */
const NEEDLESS: ReadonlySet<number> = new Set([TYPE.delimiter, TYPE.tileList, TYPE.padding]);

/** AV1 in RTP (RTP Payload Format for AV1, 1.0) -> temporal units without their delimiter. */
export class Av1 implements PictureCodec {
  readonly needsMarker = true;
  #format: PictureFormat | undefined;

  get format(): PictureFormat | undefined {
    return this.#format;
  }

  isStart(payload: Buffer): boolean {
    // Z: it begins with the rest of a unit.
    return ((payload[0] ?? 0x80) & 0x80) === 0;
  }

  assemble(payloads: readonly Buffer[]): CodedPicture | 'none' | undefined {
    const units = unitsIn(payloads);
    if (!units) return undefined;
    const kept = units.filter((unit) => unit.length > 0 && !NEEDLESS.has(typeOf(unit)));
    if (kept.length === 0) return 'none';
    const sequence = kept.find((unit) => typeOf(unit) === TYPE.sequence);
    // Senders put the sequence before each key picture, and nowhere else.
    const isKey = sequence !== undefined;
    if (isKey) {
      const read = readSequence(sequence);
      if (!read) return undefined;
      const { profile, level, tier, ...size } = read;
      // WebRTC has eight bits in all its profiles.
      const codecString = `av01.${profile}.${twoDigits(level)}${tier === 1 ? 'H' : 'M'}.08`;
      const description = av1Record(read, sequence);
      this.#format ??= { codec: 'av1', codecString, description, ...size };
    }
    return { data: Buffer.concat(kept.map(withSize)), isKey };
  }
}

const twoDigits = (value: number): string => String(value).padStart(2, '0');

/** Undefined: they do not fit together. */
const unitsIn = (payloads: readonly Buffer[]): Buffer[] | undefined => {
  const units: Buffer[] = [];
  let open: Buffer[] | undefined;
  for (const payload of payloads) {
    const head = payload[0] ?? 0;
    const elements = elementsIn(payload, (head >> 4) & 0x03);
    if (!elements || (open !== undefined) !== ((head & 0x80) !== 0)) return undefined;
    for (const [i, element] of elements.entries()) {
      const goesOn = i === elements.length - 1 && (head & 0x40) !== 0;
      const parts: Buffer[] = open ? [...open, element] : [element];
      open = goesOn ? parts : undefined;
      if (!goesOn) units.push(parts.length === 1 ? element : Buffer.concat(parts));
    }
  }
  return open ? undefined : units;
};

/** Each with its length before it but, when their number is told, the last. */
const elementsIn = (payload: Buffer, count: number): Buffer[] | undefined => {
  const elements: Buffer[] = [];
  let offset = 1;
  while (offset < payload.length) {
    if (count > 0 && elements.length === count - 1) {
      elements.push(payload.subarray(offset));
      return elements;
    }
    const size = readLeb128(payload, offset);
    if (!size || size.end + size.value > payload.length) return undefined;
    elements.push(payload.subarray(size.end, size.end + size.value));
    offset = size.end + size.value;
  }
  return elements.length > 0 && count === 0 ? elements : undefined;
};

const readLeb128 = (bytes: Buffer, start: number): { value: number; end: number } | undefined => {
  let value = 0;
  for (let i = 0; i < 5; i++) {
    const byte = bytes[start + i];
    if (byte === undefined) return undefined;
    value += (byte & 0x7f) * 2 ** (7 * i);
    if ((byte & 0x80) === 0) return { value, end: start + i + 1 };
  }
  return undefined;
};
