import type { Stretch } from '../../../server/protocol/renders.ts';
import type { Scene } from '../../../server/media/render/scenes.ts';
import type { Box, Size } from '../../../server/media/render/layouts/Layout.ts';
import { RATE } from '../../../server/media/render/graph.ts';
import { decodeAudio, type HeardTrack } from './decodeAudio.ts';
import { decodeWith } from './ffmpegDecode.ts';
import { flashesOf, type Seen, type SeenFrame } from './decodeVideo.ts';
import { PICTURE, readFrame } from './picture.ts';

/** What is seen where somebody, or what somebody shows, should be; times of the recording's clock. */
export interface SeenTile {
  readonly id: string;
  readonly source: 'camera' | 'screen';
  readonly seen: Seen;
}

/** Reads every tile of every picture of a render. */
export const decodeTiles = async (
  path: string,
  { frame, scenes, kept }: { frame: Size; scenes: readonly Scene[]; kept: readonly Stretch[] },
): Promise<{ tiles: SeenTile[]; complaints: string[] }> => {
  const size = frame.width * frame.height;
  const lists = new Map<string, SeenFrame[]>();
  const all = (key: string): SeenFrame[] => {
    const list = lists.get(key) ?? [];
    lists.set(key, list);
    return list;
  };
  let rest: Buffer = Buffer.alloc(0);
  let count = 0;
  const read = (luma: Buffer): void => {
    const atMs = recordingMs((count * 1000) / RATE, kept);
    count += 1;
    const scene = scenes.find(({ fromMs, toMs }) => fromMs <= atMs && atMs < toMs);
    for (const { id, source, box, hasPicture } of scene?.tiles ?? []) {
      if (!hasPicture) continue;
      const key = `${id} ${source}`;
      const reading = readFrame(cropped(luma, frame.width, pictureIn(box)));
      all(key).push({ ...reading, atMs });
    }
  };
  const complaints = await decodeWith({
    input: path,
    args: '-map 0:v:0 -vsync passthrough -f rawvideo -vf format=yuv420p,extractplanes=y'.split(' '),
    onData(chunk) {
      rest = Buffer.concat([rest, chunk]);
      let at = 0;
      for (; at + size <= rest.length; at += size) read(rest.subarray(at, at + size));
      rest = rest.subarray(at);
    },
    onFrameLine: () => undefined,
  });
  const tiles = [...lists].map(([key, list]) => {
    const [id = '', source] = key.split(' ');
    const seen = { frames: list, flashes: flashesOf(list), complaints: [] };
    return { id, source: source === 'screen' ? ('screen' as const) : ('camera' as const), seen };
  });
  return { tiles, complaints };
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

/** Where a picture of `PICTURE`'s shape stands in a box: whole, in the middle. */
const pictureIn = ({ x, y, width, height }: Box): Box => {
  const scale = Math.min(width / PICTURE.width, height / PICTURE.height);
  const [w, h] = [PICTURE.width * scale, PICTURE.height * scale];
  return { x: x + (width - w) / 2, y: y + (height - h) / 2, width: w, height: h };
};

const cropped = (luma: Buffer, stride: number, { x, y, width, height }: Box): Uint8Array => {
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
