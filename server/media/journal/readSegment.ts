import { open, type FileHandle } from 'node:fs/promises';
import {
  decodeHead,
  decodeRecord,
  MAX_RECORD_BYTES,
  MAX_SEGMENT_HEAD_BYTES,
  type SegmentRecord,
} from './format.ts';
import { parseSegmentHeader, type SegmentHeader } from './segmentHeader.ts';

/** One read of the disk; a packet that is kept keeps this much. Larger than any record. */
const CHUNK_BYTES = 256 * 1024;

export type JournalEntry =
  | Exclude<SegmentRecord, { type: 'end' }>
  /** Here something could not be read and was skipped. `atMs` is that of the entry before. */
  | { readonly type: 'break'; readonly lostBytes: number; readonly atMs: number };

export interface SegmentEnd {
  /** Closed in good order, with nothing lost on the way. */
  readonly clean: boolean;
  /** Of the file's beginning, up to the end of the last sound record. */
  readonly validBytes: number;
  /** Bytes that were not read, those after the last sound record. */
  readonly tornBytes: number;
}

/** Undefined: it is damaged, or not yet written. */
export const readSegmentHeader = async (path: string): Promise<SegmentHeader | undefined> => {
  const file = await open(path);
  try {
    return (await headOf(file, Number.MAX_SAFE_INTEGER))?.header;
  } finally {
    await file.close();
  }
};

/**
 * Streams a segment in the order of writing. What is damaged in the middle is skipped and told as a
 * `break`; what is torn at the end is not told but in the returned value. `limitBytes`: as if the
 * file ended there.
 */
export async function* readSegment(
  path: string,
  limitBytes = Number.MAX_SAFE_INTEGER,
): AsyncGenerator<JournalEntry, SegmentEnd> {
  const file = await open(path);
  try {
    const head = await headOf(file, limitBytes);
    if (head) return yield* readRecords(file, head, limitBytes);
    const { size } = await file.stat();
    return { clean: false, validBytes: 0, tornBytes: Math.min(size, limitBytes) };
  } finally {
    await file.close();
  }
}

interface Head {
  readonly header: SegmentHeader;
  readonly end: number;
}

const headOf = async (file: FileHandle, limitBytes: number): Promise<Head | undefined> => {
  const { bytes } = await fill(file, NOTHING, 0, Math.min(MAX_SEGMENT_HEAD_BYTES, limitBytes));
  const head = decodeHead(bytes);
  const header = head && parseSegmentHeader(head.json);
  return header && { header, end: head.end };
};

async function* readRecords(
  file: FileHandle,
  { header, end: start }: Head,
  limitBytes: number,
): AsyncGenerator<JournalEntry, SegmentEnd> {
  let bytes = NOTHING;
  let [offset, readTo, atEnd] = [0, start, false];
  let [skipped, validBytes, atMs, sound] = [0, start, header.baseMs, true];
  for (;;) {
    if (!atEnd && bytes.length - offset < MAX_RECORD_BYTES) {
      const size = Math.min(CHUNK_BYTES, limitBytes - readTo);
      const filled = await fill(file, bytes.subarray(offset), readTo, size);
      readTo += filled.read;
      atEnd = filled.read < CHUNK_BYTES;
      bytes = filled.bytes;
      offset = 0;
    }
    if (offset >= bytes.length) break;
    const found = decodeRecord(bytes, offset, header);
    if (!found) {
      skipped += 1;
      offset += 1;
      continue;
    }
    if (skipped > 0) yield { type: 'break', lostBytes: skipped, atMs };
    sound &&= skipped === 0;
    skipped = 0;
    offset = found.end;
    validBytes = readTo - (bytes.length - offset);
    if (found.record.type === 'end') return { clean: sound, validBytes, tornBytes: 0 };
    atMs = found.record.atMs;
    yield found.record;
  }
  return { clean: false, validBytes, tornBytes: skipped };
}

const NOTHING: Buffer = Buffer.alloc(0);

/** `rest` followed by up to `size` bytes from `position`, in memory of its own. */
const fill = async (
  file: FileHandle,
  rest: Buffer,
  position: number,
  size: number,
): Promise<{ bytes: Buffer; read: number }> => {
  const bytes = Buffer.allocUnsafeSlow(rest.length + size);
  rest.copy(bytes);
  let read = 0;
  while (read < size) {
    const { bytesRead } = await file.read(bytes, rest.length + read, size - read, position + read);
    if (bytesRead === 0) break;
    read += bytesRead;
  }
  return { bytes: bytes.subarray(0, rest.length + read), read };
};
