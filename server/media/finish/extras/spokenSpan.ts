import type { Interval } from '../tracks/intervals.ts';
import { LEVEL_MS } from './Levels.ts';

/** Less is nothing that anybody could hear, however far it is turned up. */
const AUDIBLE_DBFS = -60;
/** Below it there is no microphone at all: such stretches say nothing of the noise of a room. */
const DIGITAL_SILENCE_DBFS = -85;
/** Further above the noise somebody speaks; more misses soft beginnings, less takes noise for them. */
const ABOVE_NOISE_DB = 9;
/** What stands out less is not told from noise: then only digital silence goes. */
const STANDS_OUT_DB = 8;
const BELOW_LOUDEST_DB = 15;
/** A click is shorter. */
const HEARD_FOR_MS = 60;
const HEARD_WITHIN_MS = 120;
/** Left at both ends: consonants begin softly, and a voice that comes at once startles. */
const AIR_MS = 150;
/** Where a soft beginning may hide in the noise. */
const AIR_IN_NOISE_MS = 400;
const CLEAR_DB = 2 * ABOVE_NOISE_DB;

export interface Spoken extends Interval {
  /** False: there is nothing that anybody could hear. */
  readonly audible: boolean;
}

/**
 * What was said of a message, with some air, of the energy of its hundredths of a second (see `Levels`).
 * All of it, where nothing can be told from the noise: rather too much than a word too few.
 */
export const spokenSpan = (powers: readonly number[], durationMs: number): Spoken => {
  const whole = { fromMs: 0, toMs: durationMs };
  const levels = smoothed(powers, 3);
  const tenths = smoothed(powers, 10);
  const loudest = Math.max(-Infinity, ...tenths);
  if (loudest < AUDIBLE_DBFS) return { ...whole, audible: false };
  const noise = Math.min(...tenths.filter((level) => level > DIGITAL_SILENCE_DBFS));
  const isHeard = levels.map((level) => level > thresholdOf(noise, loudest));
  const first = firstHeard(isHeard);
  const last = firstHeard(isHeard.toReversed());
  if (first === undefined || last === undefined) return { ...whole, audible: true };
  const airMs =
    loudest - noise < STANDS_OUT_DB || loudest - noise >= CLEAR_DB ? AIR_MS : AIR_IN_NOISE_MS;
  return {
    fromMs: Math.max(0, first * LEVEL_MS - airMs),
    toMs: Math.min(durationMs, (levels.length - last) * LEVEL_MS + airMs),
    audible: true,
  };
};

const thresholdOf = (noise: number, loudest: number): number => {
  const range = loudest - noise;
  if (range < STANDS_OUT_DB) return loudest - BELOW_LOUDEST_DB;
  return noise + Math.min(ABOVE_NOISE_DB, range / 2);
};

/** Where something is heard first that goes on for longer than a click. */
const firstHeard = (isHeard: readonly boolean[]): number | undefined => {
  const within = HEARD_WITHIN_MS / LEVEL_MS;
  const found = isHeard.findIndex(
    (heard, i) =>
      heard && isHeard.slice(i, i + within).filter(Boolean).length * LEVEL_MS >= HEARD_FOR_MS,
  );
  return found < 0 ? undefined : found;
};

/** In dBFS, each with its neighbours, `width` together. */
const smoothed = (powers: readonly number[], width: number): number[] => {
  const before = Math.floor(width / 2);
  return powers.map((_, i) => {
    const near = powers.slice(Math.max(0, i - before), i - before + width);
    const mean = near.reduce((sum, power) => sum + power, 0) / near.length;
    return 10 * Math.log10(Math.max(mean, 1e-10));
  });
};
