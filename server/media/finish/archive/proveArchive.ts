import { createInterface } from 'node:readline';
import { Ffmpeg, INPUT_ARGS } from '../../ffmpeg.ts';
import { Tally } from './Tally.ts';
import type { ArchiveContent, WriteOptions } from './writeArchive.ts';

/** A file may be longer or shorter than the recording by the last packet and its rounding. */
const DURATION_TOLERANCE_MS = 50;

/**
 * Reads an archive back from the disk, every packet of it, and compares bytes and times with what was
 * put in. Rejects when there is a difference.
 */
export const proveArchive = async (
  content: ArchiveContent,
  { path, container, durationMs, ...options }: WriteOptions & { durationMs: number },
): Promise<void> => {
  const ffmpeg = Ffmpeg.start(options, {
    ...options,
    args: [
      '-v',
      'info',
      '-nostats',
      ...INPUT_ARGS,
      '-f',
      container.readFormat,
      '-copyts',
      '-i',
      path,
      '-map',
      '0',
      '-c',
      'copy',
      '-copyts',
      '-f',
      'framehash',
      '-hash',
      'CRC32',
      'pipe:1',
    ],
  });
  ffmpeg.stdin.end();
  const found = new FoundTracks();
  try {
    for await (const line of createInterface({ input: ffmpeg.stdout })) found.read(line);
    await ffmpeg.done;
  } catch (error) {
    await ffmpeg.kill();
    throw error;
  }
  const wanted = content.format ? [content.pictures, content.sounds] : [content.sounds];
  for (const [i, tally] of wanted.entries()) {
    const read = found.tracks[i];
    if (!read || !tally.equals(read)) {
      throw new Error(
        `Track ${i} of an archive reads as ${String(read)}, written were ${String(tally)}`,
      );
    }
  }
  const readMs = durationIn(ffmpeg.said);
  if (readMs === undefined || Math.abs(readMs - durationMs) > DURATION_TOLERANCE_MS) {
    throw new Error(`An archive of ${durationMs} ms says that it is ${readMs} ms long`);
  }
};

/** Lines of ffmpeg's framehash muxer: `#tb 0: 1/1000`, `0, dts, pts, duration, size, hash`. */
class FoundTracks {
  readonly tracks: Tally[] = [];
  readonly #msPerTick: number[] = [];

  read(line: string): void {
    const timeBase = /^#tb (\d+): (\d+)\/(\d+)/.exec(line);
    if (timeBase) {
      this.#msPerTick[Number(timeBase[1])] = (Number(timeBase[2]) * 1000) / Number(timeBase[3]);
      this.tracks[Number(timeBase[1])] = new Tally();
    }
    if (line.startsWith('#')) return;
    const [track, , pts, , bytes, checksum] = line.split(',');
    const ms = Math.round(Number(pts) * (this.#msPerTick[Number(track)] ?? 1));
    this.tracks[Number(track)]?.add({
      ms,
      bytes: Number(bytes),
      checksum: parseInt(checksum ?? '', 16),
    });
  }
}

const durationIn = (words: string): number | undefined => {
  const found = /Duration: (\d+):(\d+):(\d+\.\d+)/.exec(words);
  if (!found) return undefined;
  const [hours, minutes, seconds] = found.slice(1).map(Number);
  return (((hours ?? 0) * 60 + (minutes ?? 0)) * 60 + (seconds ?? 0)) * 1000;
};
