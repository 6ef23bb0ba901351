import { crc32 } from 'node:zlib';

/**
 * The bytes of a segment, `seg-NNN.rtpj`, all numbers little-endian:
 *
 *     magic (8 bytes) | header: length u32, JSON, checksum u32 | record | record | ... | end record
 *     record: checksum u32 | payload's length u16 | type u8 | 0 | time u32 | payload
 *
 * Time is in tenths of a millisecond since the segment's `baseMs`. The checksum is CRC-32 as zlib has
 * it (native in Node, where CRC32C is not, and as good against torn writes) over all that follows it
 * in the record, begun with the segment's own `salt`: neither what a sender put into a packet nor what
 * another file left on the disk can pass for a record.
 */
const MAGIC = Buffer.from('RTPJ001\n', 'latin1');
const HEADER_PREFIX_BYTES = MAGIC.length + 4;
/** Beyond it a header's length is damage. A name, ids and a few codecs: 2 KiB are usual. */
const MAX_HEADER_BYTES = 64 * 1024;

export const RECORD_HEAD_BYTES = 12;
const MAX_PAYLOAD_BYTES = 0xffff;
export const MAX_RECORD_BYTES = RECORD_HEAD_BYTES + MAX_PAYLOAD_BYTES;
/** As much of a segment as holds a header of any length. */
export const MAX_SEGMENT_HEAD_BYTES = HEADER_PREFIX_BYTES + MAX_HEADER_BYTES + 4;

const TICKS_PER_MS = 10;
const MAX_TICKS = 0xffffffff;

const TYPE = { end: 0, packet: 1, senderReport: 2 } as const;
const SENDER_REPORT_BYTES = 12;

export interface SenderReport {
  readonly rtpTimestamp: number;
  readonly ntpMs: number;
}

export type SegmentRecord =
  | { readonly type: 'packet'; readonly rtp: Buffer; readonly atMs: number }
  | ({ readonly type: 'senderReport'; readonly atMs: number } & SenderReport)
  /** The segment was closed in good order. */
  | { readonly type: 'end'; readonly atMs: number };

/** What is the same for all records of a segment. */
export interface Segment {
  /** Time of the segment's beginning on the recording's own clock. */
  readonly baseMs: number;
  /** Random, 32 bits. */
  readonly salt: number;
}

export const encodeHead = (json: string): Buffer => {
  const text = Buffer.from(json);
  const head = Buffer.alloc(HEADER_PREFIX_BYTES + text.length + 4);
  MAGIC.copy(head);
  head.writeUInt32LE(text.length, MAGIC.length);
  text.copy(head, HEADER_PREFIX_BYTES);
  head.writeUInt32LE(crc32(head.subarray(MAGIC.length, -4)), head.length - 4);
  return head;
};

/** The header's JSON and where the records begin; undefined: damaged, or not such a file. */
export const decodeHead = (bytes: Buffer): { json: string; end: number } | undefined => {
  if (bytes.length < HEADER_PREFIX_BYTES) return undefined;
  if (!bytes.subarray(0, MAGIC.length).equals(MAGIC)) return undefined;
  const length = bytes.readUInt32LE(MAGIC.length);
  const textEnd = HEADER_PREFIX_BYTES + length;
  if (length > MAX_HEADER_BYTES || textEnd + 4 > bytes.length) return undefined;
  if (crc32(bytes.subarray(MAGIC.length, textEnd)) !== bytes.readUInt32LE(textEnd)) {
    return undefined;
  }
  return { json: bytes.toString('utf8', HEADER_PREFIX_BYTES, textEnd), end: textEnd + 4 };
};

/** Writes a packet into `target`, which is just as long as the record. */
export const encodePacket = (target: Buffer, segment: Segment, rtp: Buffer, atMs: number): void => {
  rtp.copy(target, RECORD_HEAD_BYTES);
  seal(target, segment, TYPE.packet, atMs);
};

export const encodeSenderReport = (
  { rtpTimestamp, ntpMs }: SenderReport,
  segment: Segment,
  atMs: number,
): Buffer => {
  const target = Buffer.alloc(RECORD_HEAD_BYTES + SENDER_REPORT_BYTES);
  target.writeUInt32LE(rtpTimestamp, RECORD_HEAD_BYTES);
  target.writeDoubleLE(ntpMs, RECORD_HEAD_BYTES + 4);
  seal(target, segment, TYPE.senderReport, atMs);
  return target;
};

export const encodeEnd = (segment: Segment, atMs: number): Buffer => {
  const target = Buffer.alloc(RECORD_HEAD_BYTES);
  seal(target, segment, TYPE.end, atMs);
  return target;
};

const seal = (target: Buffer, { baseMs, salt }: Segment, type: number, atMs: number): void => {
  const ticks = Math.round((atMs - baseMs) * TICKS_PER_MS);
  target.writeUInt16LE(target.length - RECORD_HEAD_BYTES, 4);
  target[6] = type;
  target[7] = 0;
  target.writeUInt32LE(Math.min(Math.max(ticks, 0), MAX_TICKS), 8);
  target.writeUInt32LE(crc32(target.subarray(4), salt), 0);
};

/** The record that begins at `offset`, if a whole and sound one does; its packet shares the memory. */
export const decodeRecord = (
  bytes: Buffer,
  offset: number,
  { baseMs, salt }: Segment,
): { record: SegmentRecord; end: number } | undefined => {
  const end = recordEnd(bytes, offset);
  if (end === undefined) return undefined;
  if (crc32(bytes.subarray(offset + 4, end), salt) !== bytes.readUInt32LE(offset)) return undefined;
  const atMs = baseMs + bytes.readUInt32LE(offset + 8) / TICKS_PER_MS;
  const payload = offset + RECORD_HEAD_BYTES;
  if (bytes[offset + 6] === TYPE.packet) {
    return { record: { type: 'packet', rtp: bytes.subarray(payload, end), atMs }, end };
  }
  if (bytes[offset + 6] === TYPE.end) return { record: { type: 'end', atMs }, end };
  const rtpTimestamp = bytes.readUInt32LE(payload);
  const ntpMs = bytes.readDoubleLE(payload + 4);
  return { record: { type: 'senderReport', rtpTimestamp, ntpMs, atMs }, end };
};

/** Where a record that begins here would end: cheap, as damage is searched byte by byte with it. */
const recordEnd = (bytes: Buffer, offset: number): number | undefined => {
  if (offset + RECORD_HEAD_BYTES > bytes.length || bytes[offset + 7] !== 0) return undefined;
  const type = bytes[offset + 6];
  const length = bytes.readUInt16LE(offset + 4);
  const possible =
    type === TYPE.packet ||
    (type === TYPE.senderReport && length === SENDER_REPORT_BYTES) ||
    (type === TYPE.end && length === 0);
  const end = offset + RECORD_HEAD_BYTES + length;
  return possible && end <= bytes.length ? end : undefined;
};

export const isPayload = ({ length }: Buffer): boolean => length <= MAX_PAYLOAD_BYTES;
