import { randomInt } from 'node:crypto';
import { join } from 'node:path';
import type { RecordingId } from '../../protocol/ids.ts';
import type { TrackInfo, TrackJournal } from '../../recordings/Tape.ts';
import type { AppendFile } from './AppendFile.ts';
import {
  encodeEnd,
  encodeHead,
  encodePacket,
  encodeSenderReport,
  isPayload,
  RECORD_HEAD_BYTES,
  type Segment,
  type SenderReport,
} from './format.ts';
import { segmentName } from './readJournal.ts';
import { writeSegmentHeader } from './segmentHeader.ts';

/**
 * What may wait in memory of one video: half a minute of a good one. More survives a slower disk, and
 * takes memory from everybody if the disk does not come back.
 */
const MAX_QUEUED_BYTES = 8 * 1024 * 1024;

export interface TrackWriterOptions {
  readonly recordingId: RecordingId;
  readonly track: TrackInfo;
  readonly folder: string;
  /** After this long a new segment begins. */
  readonly segmentMs: number;
  /** The recording's own clock. */
  readonly now: () => number;
  /** Milliseconds since 1970. */
  readonly wallNow: () => number;
  readonly createFile: (path: string, onWritten: (bytes: number) => void) => AppendFile;
  /** Something waits to be written. */
  readonly onQueued: () => void;
  /** Pictures were dropped, and now there is room again. */
  readonly onOverflowed: () => void;
}

interface OpenSegment extends Segment {
  readonly file: AppendFile;
}

/** Turns the packets of one track into segments, in memory; it touches no file itself. */
export class TrackWriter implements TrackJournal {
  readonly #options: TrackWriterOptions;
  #segment: OpenSegment | undefined;
  #segments = 0;
  #queuedBytes = 0;
  #dropping = false;
  #closed = false;

  constructor(options: TrackWriterOptions) {
    this.#options = options;
  }

  packet(rtp: Buffer, atMs: number): void {
    if (this.#closed || !isPayload(rtp) || !this.#hasRoom(rtp.length)) return;
    const segment = this.#segmentAt(atMs);
    const bytes = RECORD_HEAD_BYTES + rtp.length;
    encodePacket(segment.file.reserve(bytes), segment, rtp, atMs);
    this.#queued(bytes);
  }

  senderReport(report: SenderReport, atMs: number): void {
    if (this.#closed) return;
    const segment = this.#segmentAt(atMs);
    this.#append(segment, encodeSenderReport(report, segment, atMs));
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#endSegment(this.#options.now());
  }

  /** A voice always has: it is small, and nothing makes up for a lost word. */
  #hasRoom(bytes: number): boolean {
    if (this.#options.track.kind === 'audio') return true;
    if (this.#dropping && this.#queuedBytes < MAX_QUEUED_BYTES / 2) {
      this.#dropping = false;
      this.#options.onOverflowed();
    } else if (this.#queuedBytes + bytes > MAX_QUEUED_BYTES) {
      this.#dropping = true;
    }
    return !this.#dropping;
  }

  #segmentAt(atMs: number): OpenSegment {
    if (this.#segment && atMs - this.#segment.baseMs < this.#options.segmentMs) {
      return this.#segment;
    }
    this.#endSegment(atMs);
    this.#segment = this.#beginSegment(atMs);
    return this.#segment;
  }

  #beginSegment(baseMs: number): OpenSegment {
    const { recordingId, track, folder, createFile, now, wallNow } = this.#options;
    const number = this.#segments;
    this.#segments += 1;
    const file = createFile(join(folder, segmentName(number)), (bytes) => {
      this.#queuedBytes -= bytes;
    });
    const segment = { file, baseMs, salt: randomInt(0x1_0000_0000) };
    const wallMs = wallNow() - (now() - baseMs);
    const header = { recordingId, track, segment: number, baseMs, wallMs, salt: segment.salt };
    this.#append(segment, encodeHead(writeSegmentHeader(header)));
    return segment;
  }

  #endSegment(atMs: number): void {
    if (!this.#segment) return;
    this.#append(this.#segment, encodeEnd(this.#segment, atMs));
    this.#segment.file.end();
    this.#segment = undefined;
  }

  #append({ file }: OpenSegment, bytes: Buffer): void {
    file.append(bytes);
    this.#queued(bytes.length);
  }

  #queued(bytes: number): void {
    this.#queuedBytes += bytes;
    this.#options.onQueued();
  }
}
