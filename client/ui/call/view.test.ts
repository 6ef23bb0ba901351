import { describe, expect, it } from 'vitest';
import { sameView, viewOf } from './view.ts';

const tile = (trackId: string, width = 320, height = 180, onScreen = true) => ({
  trackId,
  width,
  height,
  onScreen,
});

describe('viewOf', () => {
  it('counts in device pixels', () => {
    expect(viewOf([tile('a')], { hidden: false, pixelRatio: 1.5 })).toEqual([
      { trackId: 'a', width: 480, height: 270 },
    ]);
  });

  it('asks for nothing while the page is hidden', () => {
    expect(viewOf([tile('a')], { hidden: true, pixelRatio: 1 })).toEqual([]);
  });

  it('leaves out what cannot be seen', () => {
    const tiles = [tile('a', 320, 180, false), tile('b', 0, 180), tile('c')];
    expect(viewOf(tiles, { hidden: false, pixelRatio: 1 }).map((t) => t.trackId)).toEqual(['c']);
  });

  it('names a track once, at its larger size, and keeps to the wire’s limits', () => {
    const tiles = [tile('a', 100, 100), tile('a', 99_999, 200)];
    expect(viewOf(tiles, { hidden: false, pixelRatio: 1 })).toEqual([
      { trackId: 'a', width: 16_384, height: 200 },
    ]);
    const many = Array.from({ length: 300 }, (_, i) => tile(`t${i}`));
    expect(viewOf(many, { hidden: false, pixelRatio: 1 })).toHaveLength(256);
  });
});

describe('sameView', () => {
  it('compares tile by tile', () => {
    const a = [{ trackId: 'a', width: 1, height: 1 }];
    expect(sameView(a, [{ trackId: 'a', width: 1, height: 1 }])).toBe(true);
    expect(sameView(a, [{ trackId: 'a', width: 2, height: 1 }])).toBe(false);
    expect(sameView(a, [])).toBe(false);
  });
});
