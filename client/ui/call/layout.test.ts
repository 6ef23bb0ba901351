import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gridLayout, pageOf, stripLayout } from './layout.ts';

const desktop = { width: 1256, height: 680, gap: 10 };
const phone = { width: 374, height: 640, gap: 8 };

describe('gridLayout', () => {
  it.each([
    [1, 1, 1],
    [2, 2, 1],
    [4, 2, 2],
    [5, 3, 2],
    [12, 4, 3],
    [25, 5, 5],
  ])('puts %i people on a desk into %i columns and %i rows', (count, columns, rows) => {
    expect(gridLayout({ count, ...desktop })).toMatchObject({ columns, rows, pages: 1 });
  });

  it.each([
    [1, 1, 1],
    [2, 1, 2],
    [4, 2, 2],
    [8, 2, 4],
  ])('puts %i people on a phone into %i columns and %i rows', (count, columns, rows) => {
    expect(gridLayout({ count, ...phone })).toMatchObject({ columns, rows, pages: 1 });
  });

  it('turns pages beyond 25, and beyond 8 on a phone', () => {
    expect(gridLayout({ count: 26, ...desktop })).toMatchObject({ perPage: 25, pages: 2 });
    expect(gridLayout({ count: 17, ...phone })).toMatchObject({ perPage: 8, pages: 3 });
  });

  it('never needs to scroll, whatever the number and the screen', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 200 }),
        fc.integer({ min: 240, max: 4000 }),
        fc.integer({ min: 200, max: 4000 }),
        (count, width, height) => {
          const gap = 8;
          const grid = gridLayout({ count, width, height, gap });
          expect(grid.columns * grid.tileWidth + (grid.columns - 1) * gap).toBeLessThanOrEqual(
            width,
          );
          expect(grid.rows * grid.tileHeight + (grid.rows - 1) * gap).toBeLessThanOrEqual(height);
          expect(grid.columns * grid.rows).toBeGreaterThanOrEqual(grid.perPage);
          expect(grid.pages * grid.perPage).toBeGreaterThanOrEqual(count);
          expect(grid.tileWidth).toBeGreaterThan(0);
        },
      ),
    );
  });
});

describe('stripLayout', () => {
  it('fills a column beside the screen and a row below it', () => {
    expect(stripLayout({ count: 9, width: 220, height: 680, gap: 10 })).toMatchObject({
      columns: 1,
      rows: 5,
      perPage: 5,
      pages: 2,
    });
    expect(stripLayout({ count: 9, width: 374, height: 96, gap: 8 })).toMatchObject({
      rows: 1,
      columns: 3,
      pages: 3,
    });
  });
});

describe('pageOf', () => {
  it('fills the last page up', () => {
    expect(pageOf([1, 2, 3, 4, 5], 0, 3)).toEqual([1, 2, 3]);
    expect(pageOf([1, 2, 3, 4, 5], 1, 3)).toEqual([3, 4, 5]);
    expect(pageOf([1], 4, 3)).toEqual([1]);
  });
});
