import { expect, test } from 'vitest';
import { floorOf, isFull, isLow } from './space.ts';

const GIB = 1024 ** 3;
const disk = (totalBytes: number, freeBytes: number) => ({ totalBytes, freeBytes });

test('the floor is a gibibyte, or a twentieth of a small disk', () => {
  expect(floorOf(disk(500 * GIB, 0))).toBe(GIB);
  expect(floorOf(disk(2 * GIB, 0))).toBe(Math.round(GIB / 10));
});

test('a disk is full when what is owed to files would go below the floor', () => {
  expect(isFull(disk(500 * GIB, 3 * GIB), 0)).toBe(false);
  expect(isFull(disk(500 * GIB, 3 * GIB), 2 * GIB)).toBe(false);
  expect(isFull(disk(500 * GIB, 3 * GIB), 2 * GIB + 1)).toBe(true);
});

test('it is low before it is full', () => {
  expect(isLow(disk(100 * GIB, 11 * GIB), 0)).toBe(false);
  expect(isLow(disk(100 * GIB, 9 * GIB), 0)).toBe(true);
});
