import { avcRecord, sizeIn } from './h264Parameters.ts';
import type { CodedPicture, PictureCodec, PictureFormat } from './PictureCodec.ts';

/** Types of NAL units (H.264, table 7-1), and of packets that hold several or a part (RFC 6184, 5.2). */
const UNIT = { slice: 1, idr: 5, sps: 7, pps: 8, delimiter: 9, filler: 12, stapA: 24, fuA: 28 };

/** Without these a decoder gets on just as well; delimiters belong to byte streams. */
const NEEDLESS = new Set([UNIT.delimiter, UNIT.filler]);

const typeOf = (unit: Buffer): number => (unit[0] ?? 0) & 0x1f;

/** H.264 in RTP (RFC 6184, packetization modes 0 and 1) -> samples of an MP4 file. */
export class H264 implements PictureCodec {
  readonly needsMarker = true;
  #format: PictureFormat | undefined;
  #sps: Buffer | undefined;
  #pps: Buffer | undefined;
  /** Those of `#format`. */
  #first: { sps: Buffer; pps: Buffer } | undefined;

  get format(): PictureFormat | undefined {
    return this.#format;
  }

  isStart(payload: Buffer): boolean {
    const type = typeOf(payload);
    if (type === UNIT.fuA) {
      const part = payload[1] ?? 0;
      return (part & 0x80) !== 0 && isFirstSlice(part & 0x1f, payload[2] ?? 0);
    }
    if (type === UNIT.stapA) return isFirstSlice((payload[3] ?? 0) & 0x1f, payload[4] ?? 0);
    return isFirstSlice(type, payload[1] ?? 0);
  }

  assemble(payloads: readonly Buffer[]): CodedPicture | 'none' | undefined {
    const units = unitsIn(payloads);
    if (!units) return undefined;
    const kept = units.filter((unit) => !NEEDLESS.has(typeOf(unit)));
    for (const unit of kept) {
      if (typeOf(unit) === UNIT.sps) this.#sps = unit;
      if (typeOf(unit) === UNIT.pps) this.#pps = unit;
    }
    const pictures = kept.filter((unit) => typeOf(unit) >= UNIT.slice && typeOf(unit) <= UNIT.idr);
    if (pictures.length === 0) return 'none';
    const isKey = pictures.some((unit) => typeOf(unit) === UNIT.idr);
    if (isKey && !this.#describe()) return undefined;
    return { data: this.#sample(kept, isKey), isKey };
  }

  /** False: its parameters have not come. */
  #describe(): boolean {
    if (!this.#sps || !this.#pps) return false;
    if (this.#format) return true;
    const size = sizeIn(this.#sps);
    if (!size) return false;
    this.#first = { sps: this.#sps, pps: this.#pps };
    this.#format = {
      ...size,
      codec: 'avc',
      codecString: `avc1.${this.#sps.toString('hex', 1, 4)}`,
      description: avcRecord(this.#sps, this.#pps),
    };
    return true;
  }

  /** Parameters stand in the head of the file, and in a key picture only when they have changed. */
  #sample(units: readonly Buffer[], isKey: boolean): Buffer {
    const { sps, pps } = { sps: this.#sps, pps: this.#pps };
    const changed =
      sps && pps && !(this.#first?.sps.equals(sps) === true && this.#first.pps.equals(pps));
    const rest = units.filter((unit) => typeOf(unit) !== UNIT.sps && typeOf(unit) !== UNIT.pps);
    const all = isKey && changed ? [sps, pps, ...rest] : rest;
    return Buffer.concat(
      all.flatMap((unit) => {
        const length = Buffer.alloc(4);
        length.writeUInt32BE(unit.length);
        return [length, unit];
      }),
    );
  }
}

/** Slices begin with the number of their first block (`ue(v)`): a first bit that is set means zero. */
const isFirstSlice = (type: number, next: number): boolean =>
  type < UNIT.slice || type > UNIT.idr || (next & 0x80) !== 0;

/** Undefined: packets of a kind that was never agreed upon, or cut short. */
const unitsIn = (payloads: readonly Buffer[]): Buffer[] | undefined => {
  const units: Buffer[] = [];
  let parts: Buffer[] | undefined;
  for (const payload of payloads) {
    const type = typeOf(payload);
    if (type === UNIT.fuA) {
      const head = payload[1] ?? 0;
      const isFirst = (head & 0x80) !== 0;
      if (isFirst) parts = [Buffer.from([((payload[0] ?? 0) & 0xe0) | (head & 0x1f)])];
      if (!parts) return undefined;
      parts.push(payload.subarray(2));
      if ((head & 0x40) === 0) continue;
      units.push(Buffer.concat(parts));
      parts = undefined;
      continue;
    }
    if (parts) return undefined;
    if (type === UNIT.stapA) {
      if (!splitAggregate(payload, units)) return undefined;
    } else if (type >= 1 && type < UNIT.stapA) units.push(payload);
    else return undefined;
  }
  return parts ? undefined : units;
};

const splitAggregate = (payload: Buffer, units: Buffer[]): boolean => {
  let offset = 1;
  while (offset + 2 <= payload.length) {
    const end = offset + 2 + payload.readUInt16BE(offset);
    if (end > payload.length) return false;
    if (end > offset + 2) units.push(payload.subarray(offset + 2, end));
    offset = end;
  }
  return true;
};
