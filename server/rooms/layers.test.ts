import { describe, expect, it } from 'vitest';
import { chooseLayer, layerScales, tilePriority } from './layers.ts';

const simulcast = [
  { scaleResolutionDownBy: 4 },
  { scaleResolutionDownBy: 2 },
  { scaleResolutionDownBy: 1 },
];
const camera = { width: 1280, height: 720 };

describe('layerScales', () => {
  it('reads simulcast scales, and halves where they are not given', () => {
    expect(layerScales(simulcast)).toEqual([4, 2, 1]);
    expect(layerScales([{}, {}, {}])).toEqual([4, 2, 1]);
    expect(layerScales([{ scalabilityMode: 'L3T3_KEY' }])).toEqual([4, 2, 1]);
    expect(layerScales([{ scalabilityMode: 'L1T3' }])).toEqual([1]);
    expect(layerScales([{}])).toEqual([1]);
  });
});

describe('chooseLayer', () => {
  it.each([
    [{ width: 160, height: 90 }, 0],
    [{ width: 420, height: 236 }, 0],
    [{ width: 640, height: 360 }, 1],
    [{ width: 860, height: 480 }, 1],
    [{ width: 1280, height: 720 }, 2],
    [{ width: 3840, height: 2160 }, 2],
  ])('gives a tile of %o layer %i', (tile, layer) => {
    expect(chooseLayer(simulcast, camera, tile)).toBe(layer);
  });

  it('has one answer for a track of one layer', () => {
    expect(chooseLayer([{}], camera, { width: 10, height: 10 })).toBe(0);
  });

  it('takes 720p for granted when the sender did not say', () => {
    expect(
      chooseLayer(simulcast, { width: undefined, height: undefined }, { width: 640, height: 360 }),
    ).toBe(1);
  });
});

it('ranks larger tiles higher, within what mediasoup takes', () => {
  expect(tilePriority({ width: 0, height: 0 })).toBe(1);
  expect(tilePriority({ width: 320, height: 180 })).toBeLessThan(
    tilePriority({ width: 1280, height: 720 }),
  );
  expect(tilePriority({ width: 16_384, height: 16_384 })).toBe(255);
});
