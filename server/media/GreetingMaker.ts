import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AppError } from '../base/AppError.ts';
import { SerialQueue } from '../base/SerialQueue.ts';
import type { Sound } from '../rooms/MediaRoom.ts';
import type { SoundMaker } from '../voicemail/Sounds.ts';
import { Ffmpeg, type FfmpegOptions } from './ffmpeg.ts';
import { loudnessFilter, readLoudness } from './finish/extras/loudness.ts';
import { readSound } from './readSound.ts';

const MIN_MS = 700;
const MAX_MS = 60_000;
/** As loud as the greetings of ours, and as what is played elsewhere (EBU R 128 is for rooms, not phones). */
const AIM_LUFS = -16;
/** A whisper is not made a shout, with all the noise around it. */
const MAX_GAIN_DB = 30;
/** Quieter is the noise of a room. Some of it stays, so that no first letter is cut. */
const TRIM = 'silenceremove=start_periods=1:start_threshold=-50dB:start_silence=0.1:detection=rms';
const SAMPLE_RATE = 48_000;
const BYTES_PER_MS = (SAMPLE_RATE * 2) / 1000;
const TIME_LIMIT_MS = 20_000;
const MEMORY_LIMIT_BYTES = 512 * 1024 * 1024;
/** What browsers record and people have; nothing that names other files. */
const FORMATS = 'matroska,webm,mov,mp4,m4a,3gp,3g2,mj2,ogg,wav,mp3,flac,aac';

/** Makes greetings of what people record or upload, one at a time: nobody's call has to wait for it. */
export class GreetingMaker implements SoundMaker {
  readonly #ffmpeg: FfmpegOptions;
  readonly #work = new SerialQueue();

  constructor(ffmpeg: FfmpegOptions) {
    this.#ffmpeg = ffmpeg;
  }

  make(recorded: Buffer): Promise<{ sound: Buffer; durationMs: number }> {
    return this.#work.run(async () => {
      const folder = await mkdtemp(join(tmpdir(), 'roomtone-greeting-'));
      try {
        await writeFile(join(folder, 'recorded'), recorded);
        return await this.#makeIn(folder);
      } finally {
        await rm(folder, { recursive: true, force: true });
      }
    });
  }

  read(sound: Buffer): Promise<Sound> {
    return readSound(sound);
  }

  async #makeIn(folder: string): Promise<{ sound: Buffer; durationMs: number }> {
    const trimmed = join(folder, 'trimmed.raw');
    try {
      await this.#run(folder, [
        '-protocol_whitelist',
        'file',
        '-format_whitelist',
        FORMATS,
        // What is longer is seen to be, and the rest is not even read.
        '-t',
        String((2 * MAX_MS) / 1000),
        '-vn',
        '-i',
        'recorded',
        '-map',
        '0:a:0',

        '-af',
        `aresample=${SAMPLE_RATE},${TRIM},areverse,${TRIM},areverse,${loudnessFilter(0)}`,
        '-ac',
        '1',
        '-ar',
        String(SAMPLE_RATE),
        '-f',
        's16le',
        trimmed,
      ]);
    } catch (error) {
      throw new AppError('bad_request', 'This is no sound that can be played here.', {
        cause: error,
      });
    }
    const durationMs = Math.round((await stat(trimmed)).size / BYTES_PER_MS);
    const lufs = await readLoudness(folder, 0);
    checkLength(durationMs, lufs);
    const gainDb = Math.min(AIM_LUFS - (lufs ?? AIM_LUFS), MAX_GAIN_DB);
    await this.#run(folder, [
      '-protocol_whitelist',
      'file',
      '-f',
      's16le',
      '-ac',
      '1',
      '-ar',
      String(SAMPLE_RATE),
      '-i',
      trimmed,
      '-af',
      `volume=${gainDb.toFixed(2)}dB,alimiter=limit=0.9:level=disabled`,
      '-c:a',
      'libopus',
      '-b:a',
      '32k',
      '-frame_duration',
      '20',
      '-f',
      'ogg',
      'greeting.ogg',
    ]);
    return { sound: await readFile(join(folder, 'greeting.ogg')), durationMs };
  }

  async #run(cwd: string, args: readonly string[]): Promise<void> {
    const ffmpeg = Ffmpeg.start(this.#ffmpeg, {
      args,
      cwd,
      timeLimitMs: TIME_LIMIT_MS,
      memoryLimitBytes: MEMORY_LIMIT_BYTES,
    });
    await ffmpeg.finish();
  }
}

const checkLength = (durationMs: number, lufs: number | null): void => {
  if (durationMs > 0 && durationMs < MIN_MS) {
    throw new AppError('bad_request', 'It is too short to be a greeting.');
  }
  if (durationMs === 0 || lufs === null) {
    throw new AppError('bad_request', 'Nothing can be heard in it.');
  }
  if (durationMs > MAX_MS) {
    throw new AppError('bad_request', `A greeting lasts at most ${MAX_MS / 1000} seconds.`);
  }
};
