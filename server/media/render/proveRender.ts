import type { FfmpegOptions } from '../ffmpeg.ts';
import { lengthOf, type Interval } from '../finish/tracks/intervals.ts';
import { RATE } from './graph.ts';
import type { Output } from './outputs.ts';
import { readPackets } from './readPackets.ts';

/** Sound is coded in packets; the last one may be longer than what is in it. */
const TOLERANCE_MS = 100;
const TIME_LIMIT_MS = 300_000;

/** Reads a render back, every packet of it. Rejects when a picture or sound is missing. */
export const proveRender = async (
  path: string,
  { output, kept, ...options }: FfmpegOptions & { output: Output; kept: readonly Interval[] },
): Promise<void> => {
  const lengthMs = lengthOf(kept);
  const { readFormat, frame } = output;
  const maps = frame ? ['0:a', '0:v'] : ['0:a'];
  let pictures = 0;
  let soundEndsMs = 0;
  const read = { ...options, path, readFormat, maps, timeLimitMs: TIME_LIMIT_MS };
  for await (const { stream, atMs, durationMs } of readPackets(read)) {
    if (maps[stream] === '0:v') pictures += 1;
    else soundEndsMs = Math.max(soundEndsMs, atMs + durationMs);
  }
  const frames = frame ? Math.round((lengthMs * RATE) / 1000) : 0;
  if (pictures !== frames) throw new Error(`The render has ${pictures} pictures, not ${frames}`);
  if (Math.abs(soundEndsMs - lengthMs) > TOLERANCE_MS) {
    throw new Error(`The sound of the render ends at ${soundEndsMs} ms, not ${lengthMs}`);
  }
};
