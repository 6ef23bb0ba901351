import { Ffmpeg, INPUT_ARGS, type FfmpegOptions } from '../ffmpeg.ts';

export interface CodedPacket {
  /** In the order of `maps`. */
  readonly stream: number;
  readonly atMs: number;
  readonly durationMs: number;
}

export interface PacketsOptions extends FfmpegOptions {
  readonly path: string;
  /** For ffmpeg. */
  readonly readFormat: string;
  /** Of ffmpeg: which streams. */
  readonly maps: readonly string[];
  readonly timeLimitMs: number;
}

/** Every packet of a file, with the time that the file says; nothing is decoded. Rejects with ffmpeg. */
export async function* readPackets({
  path,
  readFormat,
  maps,
  timeLimitMs,
  ...options
}: PacketsOptions): AsyncGenerator<CodedPacket> {
  const input = [...INPUT_ARGS, '-copyts', '-f', readFormat, '-i', path];
  const streams = maps.flatMap((map) => ['-map', map]);
  const ffmpeg = Ffmpeg.start(options, {
    args: [...input, ...streams, '-c', 'copy', '-f', 'framecrc', 'pipe:1'],
    timeLimitMs,
  });
  ffmpeg.stdin.end();
  const ticksMs = new Map<number, number>();
  let rest = '';
  try {
    for await (const chunk of ffmpeg.stdout.setEncoding('latin1')) {
      const lines = (rest + String(chunk)).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) {
        const packet = packetIn(line, ticksMs);
        if (packet) yield packet;
      }
    }
    await ffmpeg.done;
  } finally {
    await ffmpeg.kill();
  }
}

/** `#tb 0: 1/15360`, or `0, dts, pts, duration, size, crc`. */
const packetIn = (line: string, ticksMs: Map<number, number>): CodedPacket | undefined => {
  const base = /^#tb (\d+): (\d+)\/(\d+)/.exec(line);
  if (base) {
    const [, index, one, many] = base.map(Number);
    ticksMs.set(index ?? 0, (1000 * (one ?? 1)) / (many ?? 1));
    return undefined;
  }
  const [stream = -1, , pts = 0, duration = 0] = line.split(',').map(Number);
  const tickMs = ticksMs.get(stream);
  if (tickMs === undefined) return undefined;
  return { stream, atMs: pts * tickMs, durationMs: duration * tickMs };
};
