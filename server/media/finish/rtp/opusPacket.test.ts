import { expect, test } from 'vitest';
import { opusDurationMs } from './opusPacket.ts';

test.for<[what: string, bytes: number[], durationMs: number | undefined]>([
  ['SILK, 10 ms', [0 << 3], 10],
  ['SILK, 60 ms', [3 << 3], 60],
  ['SILK, wide band, 40 ms', [10 << 3], 40],
  ['hybrid, 20 ms', [13 << 3], 20],
  ['CELT, 2.5 ms', [28 << 3], 2.5],
  ['CELT, 20 ms', [31 << 3], 20],
  ['two frames of 20 ms', [(31 << 3) | 1, 0, 0], 40],
  ['two frames of different size', [(13 << 3) | 2, 0, 0], 40],
  ['six frames of 20 ms', [(31 << 3) | 3, 6], 120],
  ['more than Opus knows', [(31 << 3) | 3, 7], undefined],
  ['no frame', [(31 << 3) | 3, 0], undefined],
  ['nothing', [], undefined],
])('%s', ([, bytes, durationMs]) => {
  expect(opusDurationMs(Buffer.from(bytes))).toBe(durationMs);
});
