import { Ffmpeg, INPUT_ARGS, type FfmpegOptions, type FfmpegRun } from '../../ffmpeg.ts';
import type { Container } from './containers.ts';
import { Tally } from './Tally.ts';
import type { ArchiveContent } from './writeArchive.ts';

/** A file may be longer or shorter than the recording by the last packet and its rounding. */
const DURATION_TOLERANCE_MS = 50;

export interface WrittenArchive {
  readonly path: string;
  readonly container: Container;
  /** What was put in. */
  readonly content: ArchiveContent;
}

export type ProofOptions = FfmpegOptions & Omit<FfmpegRun, 'args'> & { durationMs: number };

/**
 * Reads archives back from the disk, every packet of them, and compares bytes and times with what was
 * put in. Rejects when there is a difference. ffmpeg reads them: what it cannot make out, players
 * could not either. To start it takes longer than to read a minute, so it reads several.
 */
export const proveArchives = async (
  archives: readonly WrittenArchive[],
  { durationMs, ...options }: ProofOptions,
): Promise<void> => {
  const inputs = archives.flatMap(({ path, container }) => [
    ...INPUT_ARGS,
    '-f',
    container.readFormat,
    '-copyts',
    '-i',
    path,
  ]);
  const maps = archives.flatMap((_, i) => ['-map', String(i)]);
  const output = ['-c', 'copy', '-copyts', '-f', 'framehash', '-hash', 'CRC32'];
  const inLargeWrites = ['-flush_packets', '0', 'pipe:1'];
  const args = ['-v', 'info', '-nostats', ...inputs, ...maps, ...output, ...inLargeWrites];
  const ffmpeg = Ffmpeg.start(options, { ...options, args });
  ffmpeg.stdin.end();
  const found = new FoundTracks();
  try {
    for await (const chunk of ffmpeg.stdout.setEncoding('latin1')) found.read(String(chunk));
    await ffmpeg.done;
  } catch (error) {
    await ffmpeg.kill();
    throw error;
  }
  compareTracks(archives, found.tracks);
  compareDurations(archives, durationsIn(ffmpeg.said), durationMs);
};

const compareTracks = (archives: readonly WrittenArchive[], found: readonly Tally[]): void => {
  const wanted = archives.flatMap(({ content: { format, pictures, sounds } }) =>
    format ? [pictures, sounds] : [sounds],
  );
  for (const [i, tally] of wanted.entries()) {
    const read = found[i];
    if (read && tally.equals(read)) continue;
    throw new Error(
      `Track ${i} of an archive reads as ${String(read)}, written were ${String(tally)}`,
    );
  }
};

const compareDurations = (
  archives: readonly WrittenArchive[],
  found: readonly number[],
  durationMs: number,
): void => {
  for (const i of archives.keys()) {
    const readMs = found[i];
    if (readMs !== undefined && Math.abs(readMs - durationMs) <= DURATION_TOLERANCE_MS) continue;
    throw new Error(`An archive of ${durationMs} ms says that it is ${readMs} ms long`);
  }
};

/** Lines of ffmpeg's framehash muxer: `#tb 0: 1/1000`, `0, dts, pts, duration, size, hash`. */
class FoundTracks {
  readonly tracks: Tally[] = [];
  readonly #msPerTick: number[] = [];
  #rest = '';

  /** Cut anywhere. There are many lines: a stream of them would take longer than what is in them. */
  read(chunk: string): void {
    const lines = (this.#rest + chunk).split('\n');
    this.#rest = lines.pop() ?? '';
    for (const line of lines) this.#readLine(line);
  }

  #readLine(line: string): void {
    if (line.startsWith('#')) {
      const timeBase = /^#tb (\d+): (\d+)\/(\d+)/.exec(line);
      if (!timeBase) return;
      this.#msPerTick[Number(timeBase[1])] = (Number(timeBase[2]) * 1000) / Number(timeBase[3]);
      this.tracks[Number(timeBase[1])] = new Tally();
      return;
    }
    const [track, , pts, , bytes, checksum] = line.split(',');
    const ms = Math.round(Number(pts) * (this.#msPerTick[Number(track)] ?? 1));
    this.tracks[Number(track)]?.add({
      ms,
      bytes: Number(bytes),
      checksum: parseInt(checksum ?? '', 16),
    });
  }
}

/** One for each input, in their order; not a number where it tells none. */
const durationsIn = (words: string): number[] =>
  [...words.matchAll(/^ {2}Duration: (?:(\d+):(\d+):(\d+\.\d+))?/gm)].map((found) => {
    const [hours, minutes, seconds] = found.slice(1).map(Number);
    return (((hours ?? 0) * 60 + (minutes ?? 0)) * 60 + (seconds ?? 0)) * 1000;
  });
