import type { Box, Size } from '../../../server/media/render/layouts/Layout.ts';

/**
 * The tiles of a rendered picture, found by looking at it alone: what stands apart on the plain ground,
 * cut free along its empty rows and columns, again and again.
 */

/** Light of the ground, which is 33, as codecs leave it; plates of names are darker, tiles lighter. */
const GROUND = { from: 28, to: 42 };
/** Of an empty line, so many points may be otherwise: codecs ring. */
const RINGING = 0.1;
/** Less is ringing of the codec between two tiles, or at an edge. */
const LEAST_GAP = 3;
const LEAST_TILE = 24;
const STEP = 2;

interface Area {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

export const tilesIn = (luma: Uint8Array, { width, height }: Size): Box[] => {
  const isGround = (x: number, y: number): boolean => {
    const light = luma[y * width + x] ?? 0;
    return light >= GROUND.from && light <= GROUND.to;
  };
  const cut = (area: Area, alongRows: boolean, whole: boolean): Area[] => {
    const { left, top, right, bottom } = area;
    const isEmpty = alongRows
      ? (y: number) => almostAll(left, right, (x) => isGround(x, y))
      : (x: number) => almostAll(top, bottom, (y) => isGround(x, y));
    const bands = bandsOf(alongRows ? [top, bottom] : [left, right], isEmpty);
    const [only] = bands;
    const isUncut =
      bands.length === 1 &&
      only?.[0] === (alongRows ? top : left) &&
      only[1] === (alongRows ? bottom : right);
    if (isUncut && whole) return [area];
    return bands.flatMap(([from, to]) =>
      cut(
        alongRows ? { ...area, top: from, bottom: to } : { ...area, left: from, right: to },
        !alongRows,
        isUncut,
      ),
    );
  };
  return cut({ left: 0, top: 0, right: width, bottom: height }, true, false)
    .map(({ left, top, right, bottom }) => ({
      x: left,
      y: top,
      width: right - left,
      height: bottom - top,
    }))
    .filter((box) => box.width >= LEAST_TILE && box.height >= LEAST_TILE);
};

const almostAll = (from: number, to: number, holds: (at: number) => boolean): boolean => {
  let left = ((to - from) / STEP) * RINGING;
  for (let at = from; at < to; at += STEP) {
    if (holds(at)) continue;
    left -= 1;
    if (left < 0) return false;
  }
  return true;
};

/** Stretches between empty lines that are far enough from each other. */
const bandsOf = (
  [from, to]: readonly [number, number],
  isEmpty: (at: number) => boolean,
): [from: number, to: number][] => {
  const bands: [number, number][] = [];
  for (let at = from; at < to; at += 1) {
    if (isEmpty(at)) continue;
    const last = bands.at(-1);
    if (last && at - last[1] < LEAST_GAP) last[1] = at + 1;
    else bands.push([at, at + 1]);
  }
  return bands;
};
