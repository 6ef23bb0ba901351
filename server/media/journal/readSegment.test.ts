import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '../../protocol/ids.ts';
import {
  encodeEnd,
  encodeHead,
  encodePacket,
  encodeSenderReport,
  RECORD_HEAD_BYTES,
} from './format.ts';
import { readSegment, type JournalEntry, type SegmentEnd } from './readSegment.ts';
import { writeSegmentHeader } from './segmentHeader.ts';

type Written = Exclude<JournalEntry, { type: 'break' }>;

const BASE_MS = 5000;

let folder: string;
let file: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'segment-'));
  file = join(folder, 'seg-000.rtpj');
});
afterAll(() => rm(folder, { recursive: true }));

const atMs = fc.integer({ min: 0, max: 600_000 }).map((ticks) => BASE_MS + ticks / 10);

/** Small, large, and such as look like a record of another segment. */
const payload = fc.oneof(
  fc.uint8Array({ maxLength: 60 }).map((bytes) => Buffer.from(bytes)),
  fc.integer({ min: 0, max: 0xffff }).map((length) => Buffer.alloc(length, length)),
  fc.nat(0xffffffff).map((salt) => encodeEnd({ baseMs: 0, salt }, 12)),
);

const packet = fc.record({ type: fc.constant('packet' as const), rtp: payload, atMs });
const senderReport = fc.record({
  type: fc.constant('senderReport' as const),
  rtpTimestamp: fc.nat(0xffffffff),
  ntpMs: fc.double({ noNaN: true }),
  atMs,
});
const entries = fc.array<Written>(fc.oneof({ weight: 4, arbitrary: packet }, senderReport), {
  maxLength: 12,
});
const salts = fc.nat(0xffffffff);

interface Encoded {
  readonly bytes: Buffer;
  /** Where each record ends, the header first. */
  readonly ends: number[];
}

const encode = (written: readonly Written[], salt: number, closed: boolean): Encoded => {
  const segment = { baseMs: BASE_MS, salt };
  const header = writeSegmentHeader({
    recordingId: newId('rec'),
    segment: 0,
    baseMs: BASE_MS,
    wallMs: 1,
    salt,
    track: {
      trackId: 'track',
      participantId: newId('part'),
      participantName: 'Zoë 🎙',
      source: 'microphone',
      kind: 'audio',
      rtpParameters: {
        codecs: [{ mimeType: 'audio/opus', payloadType: 111, clockRate: 48_000 }],
      },
    },
  });
  const parts = [encodeHead(header)];
  for (const entry of written) {
    if (entry.type === 'packet') {
      const target = Buffer.alloc(RECORD_HEAD_BYTES + entry.rtp.length);
      encodePacket(target, segment, entry.rtp, entry.atMs);
      parts.push(target);
    } else parts.push(encodeSenderReport(entry, segment, entry.atMs));
  }
  if (closed) parts.push(encodeEnd(segment, BASE_MS));
  let end = 0;
  return { bytes: Buffer.concat(parts), ends: parts.map(({ length }) => (end += length)) };
};

const read = async (bytes: Buffer, limitBytes?: number) => {
  await writeFile(file, bytes);
  const found: JournalEntry[] = [];
  const reader = readSegment(file, limitBytes);
  for (;;) {
    const step = await reader.next();
    if (step.done === true) return { found, end: step.value satisfies SegmentEnd };
    found.push(step.value);
  }
};

/** As far as equality goes: `toEqual` compares large buffers byte by byte. */
const plain = (list: readonly JournalEntry[]) =>
  list.map((entry) =>
    entry.type === 'packet' ? { ...entry, rtp: entry.rtp.toString('latin1') } : entry,
  );

test('whatever is written comes back', () =>
  fc.assert(
    fc.asyncProperty(entries, salts, fc.boolean(), async (written, salt, closed) => {
      const { bytes } = encode(written, salt, closed);
      const { found, end } = await read(bytes);
      expect(plain(found)).toEqual(plain(written));
      expect(end).toEqual({ clean: closed, validBytes: bytes.length, tornBytes: 0 });
    }),
    { numRuns: 150 },
  ));

test('cut anywhere, every whole record before the cut comes back and nothing else', () =>
  fc.assert(
    fc.asyncProperty(entries, salts, fc.nat(), fc.boolean(), async (written, salt, at, byLimit) => {
      const { bytes, ends } = encode(written, salt, true);
      const cut = at % bytes.length;
      const { found, end } = byLimit ? await read(bytes, cut) : await read(bytes.subarray(0, cut));
      const whole = ends.filter((recordEnd) => recordEnd <= cut);
      expect(plain(found)).toEqual(plain(written.slice(0, Math.max(0, whole.length - 1))));
      const validBytes = whole.at(-1) ?? 0;
      expect(end).toEqual({ clean: false, validBytes, tornBytes: cut - validBytes });
    }),
    { numRuns: 300 },
  ));

test('a changed byte costs its own record at most, and is told', () =>
  fc.assert(
    fc.asyncProperty(
      entries,
      salts,
      fc.nat(),
      fc.integer({ min: 1, max: 255 }),
      async (written, salt, at, change) => {
        const { bytes, ends } = encode(written, salt, true);
        const changed = at % bytes.length;
        bytes[changed] = bytes[changed]! ^ change;
        const { found, end } = await read(bytes);
        const hit = ends.findIndex((recordEnd) => changed < recordEnd);
        // Without the header nothing can be read.
        const left = hit === 0 ? [] : written.filter((_, index) => index !== hit - 1);
        expect(plain(found.filter(({ type }) => type !== 'break'))).toEqual(plain(left));
        const breaks = found.filter((entry) => entry.type === 'break');
        expect(breaks.length).toBeLessThanOrEqual(1);
        const lost = hit === 0 ? bytes.length : ends[hit]! - ends[hit - 1]!;
        expect((breaks[0]?.lostBytes ?? 0) + end.tornBytes).toBe(lost);
      },
    ),
    { numRuns: 300 },
  ));

test('a stretch of zeroes in the middle is skipped, the records behind it come back', async () => {
  const written = Array.from({ length: 2000 }, (_, index) => ({
    type: 'packet' as const,
    rtp: Buffer.alloc(1000, index),
    atMs: BASE_MS + index,
  }));
  const { bytes, ends } = encode(written, 1, true);
  bytes.fill(0, ends[500]! + 10, ends[1200]! - 10);
  const { found, end } = await read(bytes);
  expect(found.length).toBe(written.length - 700 + 1);
  expect(found[500]).toEqual({
    type: 'break',
    lostBytes: ends[1200]! - ends[500]!,
    atMs: BASE_MS + 499,
  });
  expect(end).toEqual({ clean: false, validBytes: bytes.length, tornBytes: 0 });
});
