import { createRequire } from 'node:module';
import { Resvg } from '@resvg/resvg-js';
import { hueOf, initials } from '../../protocol/likeness.ts';
import type { Box, Size } from './layouts/Layout.ts';
import { oklch } from './oklch.ts';
import type { DrawnTile, Scene } from './scenes.ts';

/** What lies behind the pictures, and what lies on them, as PNG. */
export interface DrawnScene {
  readonly behind: Buffer;
  readonly above: Buffer;
}

const { resolve } = createRequire(import.meta.url);
const FONT_FILES = [
  resolve('dejavu-fonts-ttf/ttf/DejaVuSans.ttf'),
  resolve('dejavu-fonts-ttf/ttf/DejaVuSans-Bold.ttf'),
];
/** Scripts that these fonts have; for others the machine's are looked at, which takes a while. */
const COVERED = /^[\n -\u06ff\u0e00-\u0eff\u10a0-\u10ff\u1e00-\u27bf]*$/;
const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

export const drawScene = (scene: Scene, frame: Size): DrawnScene => {
  const draw = (content: string): Buffer => parsed(svg(content, frame)).render().asPng();
  const ground = '<rect width="100%" height="100%" fill="#111418"/>';
  const card = scene.card === undefined ? '' : cardOf(scene.card, frame);
  return {
    behind: draw(ground + scene.tiles.map(seat).join('') + card),
    above: draw(scene.tiles.map(label).join('')),
  };
};

const parsed = (content: string): Resvg =>
  new Resvg(content, {
    font: {
      fontFiles: FONT_FILES,
      loadSystemFonts: !COVERED.test(content),
      defaultFontFamily: 'DejaVu Sans',
    },
  });

const svg = (content: string, { width, height }: Size): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" ` +
  `font-family="DejaVu Sans">${content}</svg>`;

/** A place for a picture; without one, who it is, in the colours of the call. */
const seat = ({ box, name, id, picture }: DrawnTile): string => {
  const { x, y, width, height } = box;
  const hue = hueOf(id);
  const fill = picture === undefined ? oklch(0.27, 0.03, hue) : '#20252c';
  const ground = `<rect x="${x}" y="${y}" width="${width}" height="${height}" fill="${fill}"/>`;
  if (picture !== undefined) return ground;
  const radius = Math.min(width, height) * 0.22;
  const [cx, cy] = [x + width / 2, y + height / 2];
  return (
    ground +
    `<circle cx="${cx}" cy="${cy}" r="${radius}" fill="${oklch(0.48, 0.09, hue)}"/>` +
    words(initials(name), { x: cx, y: cy + radius * 0.3 }, radius * 0.8, 'text-anchor="middle"')
  );
};

/** Below, on a plate: a picture may be as bright as the letters. */
const label = ({ box, name, isMuted }: DrawnTile): string => {
  const size = fontSize(box);
  const [height, edge] = [size * 1.6, size * 0.4];
  const [x, y] = [box.x + edge, box.y + box.height - height - edge];
  const textX = x + size * (isMuted ? 1.9 : 0.5);
  const room = box.x + box.width - edge - size * 0.5 - textX;
  const { text, width } = fitted(name, size, room);
  const plate =
    `<rect x="${x}" y="${y}" width="${textX - x + width + size * 0.5}" height="${height}" ` +
    `rx="${size * 0.3}" fill="#000" fill-opacity="0.72"/>`;
  const mark = isMuted ? mutedMark({ x: x + size * 0.4, y: y + size * 0.3 }, size) : '';
  return plate + mark + words(text, { x: textX, y: y + size * 1.15 }, size, '');
};

/** What of a name has room, and how wide that is. */
const fitted = (name: string, size: number, room: number): { text: string; width: number } => {
  const letters = [...segmenter.segment(name)].map(({ segment }) => segment);
  let text = name;
  let width = widthOf(text) * size;
  for (let count = letters.length; width > room && count > 0;) {
    // By what the letters took so far; each time there are fewer of them.
    count = Math.min(count - 1, Math.floor((count * room) / width));
    text = `${letters.slice(0, count).join('')}…`;
    width = widthOf(text) * size;
  }
  return { text, width: Math.min(width, room) };
};

const MEASURED_AT = 100;
const widths = new Map<string, number>();

/** In heights of the letters. */
const widthOf = (text: string): number => {
  const known = widths.get(text);
  if (known !== undefined) return known;
  const drawn = svg(words(text, { x: 0, y: MEASURED_AT }, MEASURED_AT, ''), MEASURE);
  const width = (parsed(drawn).getBBox()?.width ?? 0) / MEASURED_AT;
  widths.set(text, width);
  return width;
};

/** Names of any length have room. */
const MEASURE = { width: 100_000, height: 200 } as const;

/** A microphone that is struck through, `size` high. */
const mutedMark = ({ x, y }: { x: number; y: number }, size: number): string =>
  `<g transform="translate(${x} ${y}) scale(${size / 24})">` +
  '<circle cx="12" cy="12" r="14" fill="#b3261e"/>' +
  '<g fill="none" stroke="#fff" stroke-width="2" stroke-linecap="round">' +
  '<rect x="9.5" y="4" width="5" height="9" rx="2.5"/><path d="M7 11a5 5 0 0 0 10 0M12 16v4M5 4l14 16"/>' +
  '</g></g>';

const cardOf = (text: string, { width, height }: Size): string =>
  words(
    text,
    { x: width / 2, y: height / 2 },
    Math.min(width, height) / 22,
    'text-anchor="middle"',
  );

const words = (
  text: string,
  { x, y }: { x: number; y: number },
  size: number,
  attributes: string,
): string =>
  `<text x="${x}" y="${y}" font-size="${size.toFixed(1)}" font-weight="bold" fill="#fff" ${attributes}>` +
  `${escape(text)}</text>`;

const fontSize = ({ width, height }: Box): number =>
  Math.max(11, Math.min(26, Math.min(width, height) / 14));

/** Names come from people; control characters have no place in XML at all. */
const escape = (text: string): string =>
  text
    .replaceAll(/[\p{Cc}\p{Cs}\ufffe\uffff]/gu, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');
