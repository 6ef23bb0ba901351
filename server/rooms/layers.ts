/** The part of an encoding that says how large its picture is. */
export interface LayerEncoding {
  readonly scaleResolutionDownBy?: number;
  readonly scalabilityMode?: string;
}

export interface Pixels {
  readonly width: number;
  readonly height: number;
}

/**
 * A layer is enough for a tile while it has at least this share of the tile's pixels in each
 * direction. Lower saves bandwidth, higher looks sharper.
 */
const ENOUGH = 0.75;

/** Height a video is taken to have when its sender did not say. */
const ASSUMED: Pixels = { width: 1280, height: 720 };

/** By how much each spatial layer is smaller than the full picture, smallest layer first. */
export const layerScales = (encodings: readonly LayerEncoding[]): number[] => {
  const [only] = encodings;
  if (encodings.length === 1 && only) {
    const spatial = /^[LS]([1-3])T/.exec(only.scalabilityMode ?? '')?.[1];
    return halvings(spatial === undefined ? 1 : Number(spatial));
  }
  const defaults = halvings(encodings.length);
  return encodings.map((encoding, index) => encoding.scaleResolutionDownBy ?? defaults[index] ?? 1);
};

/** The smallest layer that still looks good in the tile; the largest when none is enough. */
export const chooseLayer = (
  encodings: readonly LayerEncoding[],
  size: { readonly width: number | undefined; readonly height: number | undefined },
  tile: Pixels,
): number => {
  const scales = layerScales(encodings);
  const width = size.width ?? ASSUMED.width;
  const height = size.height ?? ASSUMED.height;
  const enough = scales.findIndex(
    (scale) => width / scale >= tile.width * ENOUGH || height / scale >= tile.height * ENOUGH,
  );
  return enough === -1 ? scales.length - 1 : enough;
};

/** Large tiles get their share of a poor line first: 1 to 255, by area. */
export const tilePriority = (tile: Pixels): number =>
  Math.max(1, Math.min(255, Math.round((tile.width * tile.height) / 8_192)));

const halvings = (count: number): number[] =>
  Array.from({ length: count }, (_, index) => 2 ** (count - 1 - index));
