import type { Box, Size } from '../../../server/media/render/layouts/Layout.ts';

/**
 * Where tiles are to be, said a second time and in other words than the server says it: rows of equal
 * places, 8 points apart, a row that is not full in the middle.
 */

/** By how many there are, in a frame of 16:9 and one of 9:16. */
const COLUMNS = {
  lying: [1, 2, 2, 2, 3, 3, 3, 3, 3, 4, 4, 4, 4, 4, 4, 4],
  upright: [1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2],
};
const APART = 8;
/** Of the frame's width, or height when it stands upright. */
const LARGE = { lying: 0.8, upright: 0.62 };

export const gridPlaces = (count: number, { width, height }: Size): Box[] => {
  const columns = COLUMNS[height > width ? 'upright' : 'lying'][count - 1];
  if (columns === undefined) throw new RangeError(`no grid of ${count}`);
  const rows = Math.ceil(count / columns);
  const [w, h] = [(width - APART) / columns, (height - APART) / rows];
  return Array.from({ length: count }, (_, i) => {
    const row = Math.floor(i / columns);
    const missing = row === rows - 1 ? rows * columns - count : 0;
    return {
      x: APART + ((i % columns) + missing / 2) * w,
      y: APART + row * h,
      width: w - APART,
      height: h - APART,
    };
  });
};

export const largePlace = ({ width, height }: Size): Box =>
  height > width
    ? { x: 0, y: 0, width, height: height * LARGE.upright }
    : { x: 0, y: 0, width: width * LARGE.lying, height };

/** Edges are even numbers, and codecs blur them. */
const NEAR = 5;

export const isAt = (box: Box, place: Box): boolean =>
  (['x', 'y', 'width', 'height'] as const).every(
    (edge) => Math.abs(box[edge] - place[edge]) < NEAR,
  );

/** Beside the large place (below it in an upright frame), all of it. */
export const isBeside = (box: Box, large: Box): boolean =>
  box.x >= large.x + large.width || box.y >= large.y + large.height;
