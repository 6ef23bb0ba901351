import type { View } from '../../../server/protocol/signaling.ts';

export interface TileSize {
  readonly trackId: string;
  /** CSS pixels. */
  readonly width: number;
  readonly height: number;
  /** Some of it is inside the viewport. */
  readonly onScreen: boolean;
}

const MAX_PIXELS = 16_384;
const MAX_TILES = 256;

const devicePixels = (size: number, pixelRatio: number): number =>
  Math.min(MAX_PIXELS, Math.max(0, Math.round(size * pixelRatio)));

/** What the server is told to send. The same track in two tiles counts once, at its larger size. */
export const viewOf = (
  tiles: Iterable<TileSize>,
  { hidden, pixelRatio }: { hidden: boolean; pixelRatio: number },
): View => {
  if (hidden) return [];
  const view = new Map<string, View[number]>();
  for (const { trackId, width, height, onScreen } of tiles) {
    const tile = {
      trackId,
      width: devicePixels(width, pixelRatio),
      height: devicePixels(height, pixelRatio),
    };
    const area = tile.width * tile.height;
    if (!onScreen || area === 0) continue;
    const known = view.get(trackId);
    if (known === undefined || known.width * known.height < area) view.set(trackId, tile);
  }
  return [...view.values()].slice(0, MAX_TILES);
};

export const sameView = (a: View, b: View): boolean =>
  a.length === b.length &&
  a.every((tile, i) => {
    const other = b[i];
    return (
      other?.trackId === tile.trackId && other.width === tile.width && other.height === tile.height
    );
  });
