import { describe, expect, it } from 'vitest';
import { isUnchanged, rangeHolds, readRange } from './ranges.ts';

const part = (start: number, end: number) => ({ kind: 'part', start, end });
const whole = { kind: 'whole' };
const unsatisfiable = { kind: 'unsatisfiable' };

describe('readRange', () => {
  it.each([
    ['bytes=0-0', part(0, 0)],
    ['bytes=0-', part(0, 99)],
    ['bytes=10-19', part(10, 19)],
    ['bytes=10-', part(10, 99)],
    ['bytes=99-', part(99, 99)],
    ['bytes=0-99', part(0, 99)],
    ['bytes=0-100', part(0, 99)],
    ['bytes=50-18446744073709551615', part(50, 99)],
    ['bytes=-1', part(99, 99)],
    ['bytes=-100', part(0, 99)],
    ['bytes=-101', part(0, 99)],
    ['bytes=-99999999999999999999999', part(0, 99)],
    ['BYTES=1-2', part(1, 2)],
    ['bytes= 1-2 ', part(1, 2)],
    ['bytes=100-', unsatisfiable],
    ['bytes=100-200', unsatisfiable],
    ['bytes=18446744073709551616-', unsatisfiable],
    ['bytes=-0', unsatisfiable],
    [undefined, whole],
    ['', whole],
    ['bytes', whole],
    ['bytes=', whole],
    ['bytes=-', whole],
    ['bytes=--1', whole],
    ['bytes=-1-2', whole],
    ['bytes=2-1', whole],
    ['bytes=a-b', whole],
    ['bytes=1.5-2', whole],
    ['bytes=0x1-2', whole],
    ['bytes=+1-2', whole],
    ['bytes=1e1-20', whole],
    ['bytes=0-1,3-4', whole],
    ['bytes=0-1,', whole],
    ['items=0-1', whole],
    ['bytes 0-1', whole],
    ['bytes=٠-٩', whole],
    ['bytes=0-1\n', part(0, 1)],
  ])('reads %j', (header, expected) => {
    expect(readRange(header, 100)).toEqual(expected);
  });

  it('finds nothing in an empty file', () => {
    expect(readRange('bytes=0-', 0)).toEqual(unsatisfiable);
    expect(readRange('bytes=-5', 0)).toEqual(whole);
    expect(readRange(undefined, 0)).toEqual(whole);
  });
});

const lastModified = 'Thu, 01 Jan 2026 00:00:00 GMT';
const kept = { etag: '"abc"', lastModified };
const growing = { etag: undefined, lastModified };

describe('rangeHolds', () => {
  it.each([
    [undefined, true],
    ['"abc"', true],
    [lastModified, true],
    ['W/"abc"', false],
    ['"abd"', false],
    ['abc', false],
    ['Thu, 01 Jan 2026 00:00:01 GMT', false],
    ['Wed, 31 Dec 2025 23:59:59 GMT', false],
    ['', false],
  ])('%j: %s', (header, expected) => {
    expect(rangeHolds(header, kept)).toBe(expected);
  });

  it('holds no part of what has grown', () => {
    expect(rangeHolds(undefined, growing)).toBe(true);
    expect(rangeHolds('"abc"', growing)).toBe(false);
  });
});

describe('isUnchanged', () => {
  it.each([
    [{}, false],
    [{ 'if-none-match': '"abc"' }, true],
    [{ 'if-none-match': 'W/"abc"' }, true],
    [{ 'if-none-match': '"x", "abc"' }, true],
    [{ 'if-none-match': '*' }, true],
    [{ 'if-none-match': '"x"' }, false],
    [{ 'if-none-match': '"x"', 'if-modified-since': lastModified }, false],
    [{ 'if-modified-since': lastModified }, true],
    [{ 'if-modified-since': 'Fri, 02 Jan 2026 00:00:00 GMT' }, true],
    [{ 'if-modified-since': 'Wed, 31 Dec 2025 00:00:00 GMT' }, false],
    [{ 'if-modified-since': 'yesterday' }, false],
  ])('%j: %s', (headers, expected) => {
    expect(isUnchanged(headers, kept)).toBe(expected);
  });

  it('is never said of what grows', () => {
    expect(isUnchanged({ 'if-none-match': '*' }, growing)).toBe(false);
  });
});
