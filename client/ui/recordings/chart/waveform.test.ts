import { describe, expect, it } from 'vitest';
import { loudness, wavePath } from './waveform.ts';

/** Ten points a second. */
const peaks = (...levels: number[]) => ({
  bits: 8,
  sample_rate: 8_000,
  samples_per_pixel: 800,
  data: levels.flatMap((level) => [-level, Math.max(0, level - 1)]),
});

describe('loudness', () => {
  it('takes the loudest of each stretch', () => {
    expect(loudness(peaks(0, 64, 128, 32), 400, 2)).toEqual([0.5, 1]);
  });

  it('is silent where the file has ended', () => {
    expect(loudness(peaks(64, 64), 400, 4)).toEqual([0.5, 0.5, 0, 0]);
  });

  it('has a level for each column, even where there are more of them than points', () => {
    expect(loudness(peaks(64), 100, 3)).toEqual([0.5, 0.5, 0.5]);
    expect(loudness(peaks(), 0, 2)).toEqual([0, 0]);
  });
});

describe('wavePath', () => {
  it('fills its height with the loudest', () => {
    expect(wavePath([0.25, 0])).toBe('M0.0 0.04h350.0v1.92h-350.0zM500.0 0.98h350.0v0.04h-350.0z');
    expect(wavePath([])).toBe('');
  });
});
