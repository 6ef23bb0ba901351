/** How tiles are laid out. Pure: sizes in, sizes out, in CSS pixels. */

export interface GridLayout {
  readonly columns: number;
  readonly rows: number;
  readonly tileWidth: number;
  readonly tileHeight: number;
  readonly perPage: number;
  readonly pages: number;
}

/** More tiles on a page show more people; beyond these faces are too small, and decoders too busy. */
const MAX_TILES = 25;
const MAX_TILES_PHONE = 8;
/** An area whose shorter side is below this is a phone's. */
const PHONE_PX = 480;

const WIDEST = 16 / 9;
/** A tile narrower than this cuts off too much of a picture that is 16:9. */
const NARROWEST_LANDSCAPE = 4 / 3;
const NARROWEST_PORTRAIT = 3 / 4;

const fit = (width: number, height: number, narrowest: number) => {
  const aspect = Math.min(WIDEST, Math.max(narrowest, width / height));
  const tileWidth = Math.floor(Math.min(width, height * aspect));
  return { tileWidth, tileHeight: Math.floor(Math.min(height, tileWidth / aspect)) };
};

/** The rows and columns that make the tiles of one page as large as they can be. */
const bestGrid = (shown: number, width: number, height: number, gap: number) => {
  const narrowest = width < height ? NARROWEST_PORTRAIT : NARROWEST_LANDSCAPE;
  let best = { columns: 1, rows: shown, tileWidth: 0, tileHeight: 0 };
  for (let columns = 1; columns <= shown; columns++) {
    const rows = Math.ceil(shown / columns);
    const cellWidth = (width - gap * (columns - 1)) / columns;
    const cellHeight = (height - gap * (rows - 1)) / rows;
    if (cellWidth < 1 || cellHeight < 1) continue;
    const tile = fit(cellWidth, cellHeight, narrowest);
    if (tile.tileWidth * tile.tileHeight > best.tileWidth * best.tileHeight) {
      best = { columns, rows, ...tile };
    }
  }
  return best;
};

/** So many tiles, and the CSS pixels there are for them. */
export interface TileSpace {
  readonly count: number;
  readonly width: number;
  readonly height: number;
  readonly gap: number;
}

export const gridLayout = ({ count, width, height, gap }: TileSpace): GridLayout => {
  const most = Math.min(width, height) < PHONE_PX ? MAX_TILES_PHONE : MAX_TILES;
  const shown = Math.max(1, Math.min(count, most));
  return {
    ...bestGrid(shown, width, height, gap),
    perPage: shown,
    pages: Math.max(1, Math.ceil(count / shown)),
  };
};

/** One column of tiles beside a shared screen, or one row of squares below it. */
export const stripLayout = ({ count, width, height, gap }: TileSpace): GridLayout => {
  const across = width >= height;
  const tile = across
    ? { tileWidth: Math.floor(height), tileHeight: Math.floor(height) }
    : { tileWidth: Math.floor(width), tileHeight: Math.floor(width / WIDEST) };
  const room = across
    ? (width + gap) / (tile.tileWidth + gap)
    : (height + gap) / (tile.tileHeight + gap);
  const fits = Number.isFinite(room) ? Math.max(1, Math.floor(room)) : 1;
  const perPage = Math.max(1, Math.min(count, fits));
  return {
    columns: across ? perPage : 1,
    rows: across ? 1 : perPage,
    ...tile,
    perPage,
    pages: Math.max(1, Math.ceil(count / perPage)),
  };
};

/** The last page is filled up from the one before it, so that its tiles do not stand alone. */
export const pageOf = <T>(items: readonly T[], page: number, perPage: number): readonly T[] => {
  const start = Math.max(0, Math.min(page * perPage, items.length - perPage));
  return items.slice(start, start + perPage);
};
