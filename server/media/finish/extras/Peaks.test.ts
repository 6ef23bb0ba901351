import { expect, test } from 'vitest';
import { Peaks, PEAKS_SAMPLE_RATE } from './Peaks.ts';

const samples = (...values: number[]): Buffer => Buffer.from(Int16Array.from(values).buffer);

test('least and most of each stretch, however the samples are cut', () => {
  const peaks = new Peaks({ durationMs: 100 });
  const loud = Array.from({ length: 400 }, (_, i) => (i % 2 === 0 ? 25_600 : -12_800));
  const bytes = samples(...loud, ...Array<number>(400).fill(256), 512);
  for (let i = 0; i < bytes.length; i += 7) peaks.add(bytes.subarray(i, i + 7));
  expect(peaks.finish()).toEqual({
    version: 2,
    channels: 1,
    sample_rate: PEAKS_SAMPLE_RATE,
    samples_per_pixel: 400,
    bits: 8,
    length: 3,
    data: [-50, 100, 1, 1, 2, 2],
  });
});

test('a day needs no more points than a page can draw', () => {
  const peaks = new Peaks({ durationMs: 86_400_000 });
  const second = Buffer.alloc(PEAKS_SAMPLE_RATE * 2);
  for (let i = 0; i < 24; i++) peaks.add(second);
  expect(peaks.finish()).toMatchObject({ samples_per_pixel: 19_200, length: 10 });
});
