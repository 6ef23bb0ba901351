import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { readSound } from '../../server/media/readSound.ts';
import type { PlayedClip } from './journalOfTruth.ts';
import { ffmpegBin } from './truth/clip.ts';

const run = promisify(execFile);
const RATE = 16_000;

/** `expression`: of ffmpeg's aevalsrc, of the time `t`; as the packets that a browser would send. */
export const clipOf = async (expression: string, seconds: number): Promise<PlayedClip> => {
  const folder = await mkdtemp(join(tmpdir(), 'roomtone-sound-'));
  const path = join(folder, 'sound.ogg');
  const source = `aevalsrc=exprs='${expression}':s=48000:d=${seconds}`;
  const opus = ['-c:a', 'libopus', '-b:a', '64k', '-ac', '1', '-frame_duration', '20'];
  try {
    await run(ffmpegBin(), ['-v', 'error', '-f', 'lavfi', '-i', source, ...opus, path]);
    const packets = await readSound(await readFile(path));
    return {
      codec: 'opus',
      clockRate: 48_000,
      seconds,
      packets: packets.map((payload, i) => ({
        payload: Buffer.from(payload),
        marker: false,
        atMs: i * 20,
      })),
    };
  } finally {
    await rm(folder, { recursive: true });
  }
};

/** What can be heard in a file. */
export const hearFile = async (path: string) => {
  const { stderr } = await run(ffmpegBin(), [
    '-hide_banner',
    '-nostats',
    '-i',
    path,
    '-filter_complex',
    'ebur128=peak=sample',
    '-f',
    'null',
    '-',
  ]);
  const summary = stderr.slice(stderr.lastIndexOf('Summary:'));
  const number = (pattern: RegExp): number => Number(pattern.exec(summary)?.[1] ?? NaN);
  const { stdout } = await run(
    ffmpegBin(),
    ['-v', 'error', '-i', path, '-ac', '1', '-ar', String(RATE), '-f', 's16le', 'pipe:1'],
    { encoding: 'buffer', maxBuffer: 64 * 1024 * 1024 },
  );
  const samples = new Int16Array(stdout.buffer, stdout.byteOffset, stdout.length / 2);
  return {
    lufs: number(/I:\s+(-?[\d.]+) LUFS/),
    peakDbfs: number(/Peak:\s+(-?[\d.]+) dBFS/),
    durationMs: (samples.length / RATE) * 1000,
    ...soundingIn(samples),
  };
};

/** From when to when, within 20 dB of the loudest; and the pauses between, of more than half a second. */
const soundingIn = (samples: Int16Array) => {
  const block = RATE / 200;
  const levels = Array.from({ length: Math.floor(samples.length / block) }, (_, i) =>
    Math.sqrt(samples.subarray(i * block, (i + 1) * block).reduce((sum, x) => sum + x * x, 0)),
  );
  const loudest = Math.max(...levels);
  const sounding = levels.flatMap((level, i) => (level > loudest / 10 ? [i * 5] : []));
  const pauses = sounding.flatMap((ms, i) => {
    const lengthMs = ms - (sounding[i - 1] ?? ms);
    return lengthMs > 500 ? [lengthMs] : [];
  });
  return { onsetMs: sounding[0] ?? NaN, endMs: (sounding.at(-1) ?? NaN) + 5, pauses };
};
