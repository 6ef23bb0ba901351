import type { Box, Size } from './Layout.ts';

const GAP = 8;

/** Pictures are stored with half as many colours as lights: all edges are even. */
const even = (value: number): number => Math.floor(value / 2) * 2;

export const evenBox = ({ x, y, width, height }: Box): Box => ({
  x: even(x),
  y: even(y),
  width: Math.max(even(width), 2),
  height: Math.max(even(height), 2),
});

export const whole = ({ width, height }: Size): Box => ({ x: 0, y: 0, width, height });

/** `count` boxes of one size, in rows, as large as pictures of 16:9 can be in them. */
export const cells = (count: number, area: Box): Box[] => {
  const columns = bestColumns(count, area);
  const rows = Math.ceil(count / columns);
  const width = (area.width - GAP * (columns + 1)) / columns;
  const height = (area.height - GAP * (rows + 1)) / rows;
  return Array.from({ length: count }, (_, i) => {
    const row = Math.floor(i / columns);
    const inRow = Math.min(columns, count - row * columns);
    // A row that is not full stands in the middle.
    const indent = ((columns - inRow) * (width + GAP)) / 2;
    return evenBox({
      x: area.x + GAP + indent + (i % columns) * (width + GAP),
      y: area.y + GAP + row * (height + GAP),
      width,
      height,
    });
  });
};

const bestColumns = (count: number, area: Size): number => {
  let best = { columns: 1, pictureWidth: 0 };
  for (let columns = 1; columns <= count; columns += 1) {
    const rows = Math.ceil(count / columns);
    const pictureWidth = Math.min(area.width / columns, ((area.height / rows) * 16) / 9);
    if (pictureWidth >= best.pictureWidth) best = { columns, pictureWidth };
  }
  return best.columns;
};

/** A large box, and beside it (below it, in an upright frame) a strip for others. */
export const mainAndStrip = ({ width, height }: Size): { main: Box; strip: Box } => {
  if (height > width) {
    const mainHeight = height * 0.62;
    return {
      main: evenBox({ x: 0, y: 0, width, height: mainHeight }),
      strip: { x: 0, y: mainHeight, width, height: height - mainHeight },
    };
  }
  const mainWidth = width * 0.8;
  return {
    main: evenBox({ x: 0, y: 0, width: mainWidth, height }),
    strip: { x: mainWidth, y: 0, width: width - mainWidth, height },
  };
};
