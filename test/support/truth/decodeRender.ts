import type { Stretch } from '../../../server/protocol/renders.ts';
import type { Box, Size } from '../../../server/media/render/layouts/Layout.ts';
import { RATE } from '../../../server/media/render/graph.ts';
import { decodeAudio, type HeardTrack } from './decodeAudio.ts';
import { decodeWith } from './ffmpegDecode.ts';
import { PICTURE, readFrame, type FrameReading } from './picture.ts';
import { tilesIn } from './tilesIn.ts';

/** A tile, wherever it was found. */
export interface FoundTile {
  readonly box: Box;
  /** Undefined: it shows no picture of ours. */
  readonly reading: FrameReading | undefined;
  /** The disc with somebody's initials is there. */
  readonly hasInitials: boolean;
}

export interface RenderFrame {
  /** Of the recording's clock. */
  readonly atMs: number;
  readonly tiles: readonly FoundTile[];
}

export interface DecodeOptions {
  readonly frame: Size;
  readonly kept: readonly Stretch[];
  /** Width by height of the pictures that were sent; the code is in the middle of them. */
  readonly shapes?: readonly number[];
}

const SHAPE = PICTURE.width / PICTURE.height;

/** Looks for tiles in every picture of a render, and reads what they show. */
export const decodeRender = async (
  path: string,
  { frame, kept, shapes = [SHAPE] }: DecodeOptions,
): Promise<{ frames: RenderFrame[]; complaints: string[] }> => {
  const size = frame.width * frame.height;
  const frames: RenderFrame[] = [];
  const look = (luma: Uint8Array): void => {
    const tiles = tilesIn(luma, frame).map((box) => ({ box, ...lookAt(luma, frame, box, shapes) }));
    frames.push({ atMs: recordingMs((frames.length * 1000) / RATE, kept), tiles });
  };
  let parts: Buffer[] = [];
  let bytes = 0;
  const complaints = await decodeWith({
    input: path,
    args: '-map 0:v:0 -vsync passthrough -f rawvideo -vf format=yuv420p,extractplanes=y'.split(' '),
    onData(chunk) {
      parts.push(chunk);
      bytes += chunk.length;
      if (bytes < size) return;
      const all = Buffer.concat(parts);
      let at = 0;
      for (; at + size <= all.length; at += size) look(all.subarray(at, at + size));
      parts = [all.subarray(at)];
      bytes -= at;
    },
    onFrameLine: () => undefined,
  });
  return { frames, complaints };
};

/** The sound of a render, as loud as it was before it was levelled, on the recording's clock. */
export const decodeMix = async (path: string, kept: readonly Stretch[]): Promise<HeardTrack> => {
  const heard = await decodeAudio(path, { volume: 0.3 });
  const beeps = heard.beeps.map((beep) => ({ ...beep, atMs: recordingMs(beep.atMs, kept) }));
  return { ...heard, beeps, noises: [] };
};

/** A time in a file -> on the recording's clock. */
const recordingMs = (atMs: number, kept: readonly Stretch[]): number => {
  let left = atMs;
  for (const { fromMs, toMs } of kept) {
    if (left < toMs - fromMs) return fromMs + left;
    left -= toMs - fromMs;
  }
  return (kept.at(-1)?.toMs ?? 0) + left;
};

const lookAt = (
  luma: Uint8Array,
  frame: Size,
  box: Box,
  shapes: readonly number[],
): Omit<FoundTile, 'box'> => {
  for (const shape of shapes) {
    const area = within(within(box, shape), SHAPE);
    const reading = readFrame(cropped(luma, frame.width, area));
    if (reading.code) return { reading, hasInitials: false };
  }
  return { reading: undefined, hasInitials: hasDisc(luma, frame, box) };
};

/** The largest area of that shape in the middle of a box. */
const within = ({ x, y, width, height }: Box, shape: number): Box => {
  const w = Math.min(width, height * shape);
  const h = w / shape;
  return { x: x + (width - w) / 2, y: y + (height - h) / 2, width: w, height: h };
};

/** Light of the disc, whatever its hue; of the tile around it. */
const DISC = { from: 74, to: 104 };
const SEAT = { from: 40, to: 56 };

const isIn = (value: number, { from, to }: typeof DISC): boolean => value >= from && value <= to;

/** Left, right and below the letters, and beside the disc. */
const hasDisc = (luma: Uint8Array, frame: Size, { x, y, width, height }: Box): boolean => {
  const unit = Math.min(width, height);
  const at = (dx: number, dy: number): number => {
    const [px, py] = [x + width / 2 + dx * unit, y + height / 2 + dy * unit];
    return luma[Math.round(py) * frame.width + Math.round(px)] ?? 0;
  };
  return (
    [at(-0.2, 0), at(0.2, 0), at(0, 0.19)].every((value) => isIn(value, DISC)) &&
    [at(-0.26, 0), at(0.26, 0), at(0, -0.26)].every((value) => isIn(value, SEAT))
  );
};

const cropped = (luma: Uint8Array, stride: number, { x, y, width, height }: Box): Uint8Array => {
  const picture = new Uint8Array(PICTURE.width * PICTURE.height);
  for (let row = 0; row < PICTURE.height; row++) {
    const from = Math.floor(y + ((row + 0.5) * height) / PICTURE.height) * stride;
    for (let column = 0; column < PICTURE.width; column++) {
      const at = from + Math.floor(x + ((column + 0.5) * width) / PICTURE.width);
      picture[row * PICTURE.width + column] = luma[at] ?? 0;
    }
  }
  return picture;
};
