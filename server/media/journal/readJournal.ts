import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { LAYOUT } from '../../recordings/layout.ts';
import type { TrackInfo } from '../../recordings/Tape.ts';
import { isMissing } from './isMissing.ts';
import { readSegment, readSegmentHeader, type JournalEntry } from './readSegment.ts';

export type { JournalEntry };

/** One RTP stream on disk. A track that was left and taken up again has a folder for each time. */
export interface TrackFolder {
  readonly folder: string;
  readonly info: TrackInfo;
  /** Of all its segments. */
  readonly bytes: number;
  /** When it began, on the recording's own clock. */
  readonly beginsMs: number;
}

const SEGMENT_NAME = /^seg-\d{3,}\.rtpj$/;

/** The name of a track's segment, counted from 0: sorts by age up to the thousandth (16 hours). */
export const segmentName = (segment: number): string =>
  `seg-${String(segment).padStart(3, '0')}.rtpj`;

/** All streams of a recording, the oldest first; those without a single readable header are left out. */
export const listTracks = async (recordingFolder: string): Promise<TrackFolder[]> => {
  const journals = join(recordingFolder, LAYOUT.journals);
  const entries = await readdir(journals, { withFileTypes: true }).catch(nothingWhenMissing);
  const tracks: TrackFolder[] = [];
  for (const entry of entries) {
    if (!entry.isDirectory()) continue;
    const folder = join(journals, entry.name);
    const segments = await listSegments(folder);
    const header = await firstHeader(segments);
    if (!header) continue;
    const bytes = segments.reduce((sum, segment) => sum + segment.bytes, 0);
    tracks.push({ folder, info: header.track, bytes, beginsMs: header.baseMs });
  }
  return tracks.toSorted((a, b) => a.beginsMs - b.beginsMs);
};

/**
 * All that the track's folder holds at this moment, in the order of its arrival, of a recording that
 * still runs as well. What was damaged is skipped and told as a `break`, but for the last bytes of the
 * last segment: a crash tears those, and a running recording has not written them yet.
 */
export async function* readTrack(folder: string): AsyncGenerator<JournalEntry, void> {
  const segments = await listSegments(folder);
  let atMs = 0;
  for (const [index, { path, bytes }] of segments.entries()) {
    const reader = readSegment(path, bytes);
    let step = await reader.next();
    try {
      for (; step.done !== true; step = await reader.next()) {
        atMs = step.value.atMs;
        yield step.value;
      }
    } finally {
      // Reached early when whoever reads breaks off.
      if (step.done !== true) await reader.return({ clean: false, validBytes: 0, tornBytes: 0 });
    }
    const { tornBytes } = step.value;
    const isLast = index === segments.length - 1;
    if (tornBytes > 0 && !isLast) yield { type: 'break', lostBytes: tornBytes, atMs };
  }
}

interface SegmentFile {
  readonly path: string;
  readonly bytes: number;
}

const listSegments = async (folder: string): Promise<SegmentFile[]> => {
  const names = (await readdir(folder)).filter((name) => SEGMENT_NAME.test(name));
  const inOrder = names.toSorted((a, b) => a.length - b.length || (a < b ? -1 : 1));
  return Promise.all(
    inOrder.map(async (name) => {
      const path = join(folder, name);
      return { path, bytes: (await stat(path)).size };
    }),
  );
};

const firstHeader = async (segments: readonly SegmentFile[]) => {
  for (const { path } of segments) {
    const header = await readSegmentHeader(path);
    if (header) return header;
  }
  return undefined;
};

const nothingWhenMissing = (error: unknown): [] => {
  if (isMissing(error)) return [];
  throw error;
};
