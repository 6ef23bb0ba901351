import { isDeepStrictEqual } from 'node:util';
import type { ParticipantId } from '../../protocol/ids.ts';
import type { Box, Size } from './layouts/Layout.ts';
import type { Scene } from './scenes.ts';

/** One picture of the render: whose, and where it comes from. */
export interface PictureInput {
  readonly path: string;
  /** For ffmpeg. */
  readonly readFormat: string;
  readonly id: ParticipantId;
  readonly source: 'camera' | 'screen';
}

/** A picture that is not seen costs as little as can be. */
const HIDDEN = { width: 16, height: 16 } as const;

/**
 * What ffmpeg is told while it works: how large a picture is from when on, and where it stands. A
 * file for each filter, in the form of `sendcmd`.
 */
export const commandsOf = (
  input: Pick<PictureInput, 'path'>,
  index: number,
  scenes: readonly Scene[],
  frame: Size,
): { size: string; place: string } => {
  const size: string[] = [];
  const place: string[] = [];
  for (const [i, scene] of scenes.entries()) {
    const box = boxOf(input, scene);
    const before = scenes[i - 1];
    if (before && isDeepStrictEqual(box, boxOf(input, before))) continue;
    const at = (scene.fromMs / 1000).toFixed(3);
    const { width, height } = box ?? HIDDEN;
    size.push(`${at} scale@s${index} w ${width}, scale@s${index} h ${height};`);
    // In the middle of its box, whatever shape the picture has; without one, out of the frame.
    const [x, y] = box
      ? [`${box.x}+(${width}-w)/2`, `${box.y}+(${height}-h)/2`]
      : [String(frame.width), '0'];
    place.push(`${at} overlay@o${index} x '${x}', overlay@o${index} y '${y}';`);
  }
  return { size: `${size.join('\n')}\n`, place: `${place.join('\n')}\n` };
};

/** Where it is seen in a scene; undefined: nowhere. */
export const boxOf = ({ path }: Pick<PictureInput, 'path'>, scene: Scene): Box | undefined =>
  scene.tiles.find(({ picture }) => picture === path)?.box;
