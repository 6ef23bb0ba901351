import { Ffmpeg } from '../../ffmpeg.ts';
import type { ExtrasFacts } from '../makeExtras.ts';
import type { Workshop } from '../Workshop.ts';
import { Levels, LEVELS_SAMPLE_RATE } from './Levels.ts';
import { loudnessFilter, readLoudness } from './loudness.ts';
import { inputArgs, mixTimeLimitMs, togetherFilters, type Cut } from './mixSound.ts';
import { spokenSpan } from './spokenSpan.ts';

/** As loud as what else is played on phones and in browsers. */
const TARGET_LUFS = -16;
/** The quietest phones need it; more would make a storm of the noise of a room. */
const MAX_GAIN_DB = 30;

/** The hum of mains and fans says nothing of whether somebody speaks. */
const WITHOUT_HUM = 'highpass=f=200,highpass=f=200';

/**
 * Which part of a message is to be played, and how much louder: one gain for all of it, so that nothing
 * pumps. With pictures all of it is: what is shown is said, too. Null: there is nothing in it.
 */
export const measureMessage = async (
  { sounds, films, channels, durationMs }: ExtrasFacts,
  workshop: Workshop,
): Promise<Cut | null> => {
  const whole = { fromMs: 0, toMs: durationMs, gainDb: 0 };
  if (sounds.length === 0 || durationMs === 0) return films.length > 0 ? whole : null;
  const ffmpeg = Ffmpeg.start(workshop.ffmpeg, {
    signal: workshop.signal,
    timeLimitMs: mixTimeLimitMs(durationMs),
    cwd: workshop.bench,
    args: [
      ...inputArgs(sounds),
      '-filter_complex',
      `${togetherFilters(sounds, channels)},${loudnessFilter(sounds.length)},${WITHOUT_HUM}[look]`,
      '-map',
      '[look]',
      '-t',
      (durationMs / 1000).toFixed(3),
      '-ac',
      '1',
      '-ar',
      String(LEVELS_SAMPLE_RATE),
      '-f',
      's16le',
      'pipe:1',
    ],
  });
  ffmpeg.stdin.end();
  const levels = new Levels();
  try {
    for await (const chunk of ffmpeg.stdout) if (Buffer.isBuffer(chunk)) levels.add(chunk);
    await ffmpeg.done;
  } catch (error) {
    await ffmpeg.kill();
    throw error;
  }
  const { audible, ...span } = spokenSpan(levels.powers, durationMs);
  if (!audible && films.length === 0) return null;
  const lufs = await readLoudness(workshop.bench, sounds.length);
  const gainDb = lufs === null ? 0 : Math.min(TARGET_LUFS - lufs, MAX_GAIN_DB);
  return films.length > 0 ? { ...whole, gainDb } : { ...span, gainDb };
};
