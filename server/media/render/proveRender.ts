import { Ffmpeg, INPUT_ARGS, type FfmpegOptions } from '../ffmpeg.ts';
import { lengthOf, type Interval } from '../finish/tracks/intervals.ts';
import { RATE } from './graph.ts';
import type { Output } from './outputs.ts';

/** Sound is coded in packets; the last one may be longer than what is in it. */
const TOLERANCE_MS = 100;
const TIME_LIMIT_MS = 300_000;

/** Reads a render back, every packet of it. Rejects when a picture or sound is missing. */
export const proveRender = async (
  path: string,
  { output, kept, ...options }: FfmpegOptions & { output: Output; kept: readonly Interval[] },
): Promise<void> => {
  const lengthMs = lengthOf(kept);
  const maps = output.frame ? ['-map', '0:v', '-map', '0:a'] : ['-map', '0:a'];
  const ffmpeg = Ffmpeg.start(options, {
    args: [
      ...INPUT_ARGS,
      '-f',
      output.readFormat,
      '-i',
      path,
      ...maps,
      '-c',
      'copy',
      '-f',
      'framecrc',
      'pipe:1',
    ],
    timeLimitMs: TIME_LIMIT_MS,
  });
  ffmpeg.stdin.end();
  const streams = new Map<number, { packets: number; endMs: number; tickMs: number }>();
  let rest = '';
  for await (const chunk of ffmpeg.stdout.setEncoding('latin1')) {
    const lines = (rest + String(chunk)).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) readLine(line, streams);
  }
  await ffmpeg.done;
  const found = [...streams.values()];
  const [pictures] = output.frame ? found.splice(0, 1) : [];
  const [sound] = found;
  const frames = Math.round((lengthMs * RATE) / 1000);
  if (output.frame && pictures?.packets !== frames) {
    throw new Error(`The render has ${pictures?.packets ?? 0} pictures, not ${frames}`);
  }
  if (!sound || Math.abs(sound.endMs - lengthMs) > TOLERANCE_MS) {
    throw new Error(`The sound of the render ends at ${sound?.endMs ?? 0} ms, not ${lengthMs}`);
  }
};

/** `#tb 0: 1/15360`, or `0, dts, pts, duration, size, crc`. */
const readLine = (
  line: string,
  streams: Map<number, { packets: number; endMs: number; tickMs: number }>,
): void => {
  const base = /^#tb (\d+): (\d+)\/(\d+)/.exec(line);
  if (base) {
    const [, index, one, many] = base.map(Number);
    streams.set(index ?? 0, { packets: 0, endMs: 0, tickMs: (1000 * (one ?? 1)) / (many ?? 1) });
    return;
  }
  const [index, , pts, duration] = line.split(',').map(Number);
  const stream = streams.get(index ?? -1);
  if (!stream) return;
  stream.packets += 1;
  stream.endMs = Math.max(stream.endMs, ((pts ?? 0) + (duration ?? 0)) * stream.tickMs);
};
