import { decodeWith, numberOf } from './ffmpegDecode.ts';
import { PICTURE, readFrame, type FrameReading } from './picture.ts';

export interface SeenFrame extends FrameReading {
  /** As the file says. */
  readonly atMs: number;
}

/** Consecutive white frames. */
export interface Flash {
  readonly atMs: number;
  /** To the next frame after it. */
  readonly lengthMs: number;
  readonly n: number | undefined;
  /** 0 to 127. */
  readonly second: number | undefined;
}

export interface Seen {
  readonly frames: readonly SeenFrame[];
  readonly flashes: readonly Flash[];
  /** Of the decoder. */
  readonly complaints: readonly string[];
}

/** More of the ground than this is off: somebody would see it. */
const SPOILT_ABOVE = 0.02;
/** Low rates blur the noise; what stands on a wrong picture is farther from it. */
const GHOST_ABOVE = 18;

export const isCorrupt = ({ code, spoilt, ghost }: FrameReading): boolean =>
  code === undefined || spoilt > SPOILT_ABOVE || ghost > GHOST_ABOVE;

export const decodeVideo = async (path: string): Promise<Seen> => {
  const { width, height } = PICTURE;
  const readings: FrameReading[] = [];
  const times: number[] = [];
  let rest: Buffer = Buffer.alloc(0);
  const size = width * height;
  const complaints = await decodeWith({
    input: path,
    args: [
      ...'-map 0:v:0 -vsync passthrough -enc_time_base 1:90000 -f rawvideo -vf'.split(' '),
      `scale=${width}:${height},format=yuv420p,extractplanes=y,showinfo`,
    ],
    onData(chunk) {
      rest = Buffer.concat([rest, chunk]);
      let at = 0;
      for (; at + size <= rest.length; at += size) readings.push(readFrame(rest.subarray(at)));
      rest = rest.subarray(at);
    },
    onFrameLine: (line) => times.push(numberOf(line, 'pts_time') * 1000),
  });
  if (times.length !== readings.length)
    complaints.push(`${readings.length} frames with ${times.length} times`);
  const frames = readings.flatMap((reading, i) => {
    const atMs = times[i];
    return atMs === undefined ? [] : [{ ...reading, atMs }];
  });
  return { frames, flashes: flashesOf(frames), complaints };
};

export const flashesOf = (frames: readonly SeenFrame[]): Flash[] => {
  const flashes: Flash[] = [];
  frames.forEach(({ flash, code, atMs }, i) => {
    if (!flash) return;
    const lengthMs = (frames[i + 1]?.atMs ?? atMs) - atMs;
    const before = frames[i - 1];
    const last = flashes.at(-1);
    // A second that follows at once is another flash: what was between them is missing.
    const goesOn = before?.flash === true && last !== undefined && last.second === code?.second;
    if (goesOn) flashes[flashes.length - 1] = { ...last, lengthMs: last.lengthMs + lengthMs };
    else flashes.push({ atMs, lengthMs, n: code?.n, second: code?.second });
  });
  return flashes;
};
