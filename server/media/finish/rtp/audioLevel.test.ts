import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { audioLevelOf } from './audioLevel.ts';

/** A packet whose header extension is `profile` and `elements`. */
const packet = (profile: number, elements: readonly number[]): Buffer => {
  const padded = [...elements, ...Array<number>((4 - (elements.length % 4)) % 4).fill(0)];
  const head = Buffer.alloc(16);
  head[0] = 0x90;
  head.writeUInt16BE(profile, 12);
  head.writeUInt16BE(padded.length / 4, 14);
  return Buffer.concat([head, Buffer.from(padded), Buffer.from('payload')]);
};

test.for<[what: string, bytes: Buffer, level: number | undefined]>([
  ['one byte', packet(0xbede, [0x10, 0x33, 0xa0, 0x80 | 45]), -45],
  ['behind padding', packet(0xbede, [0, 0, 0x12, 1, 2, 3, 0, 0xa0, 12]), -12],
  ['two bytes', packet(0x1000, [1, 2, 9, 9, 10, 1, 60]), -60],
  ['another extension', packet(0xbede, [0x10, 0x33]), undefined],
  ['behind the end of the one-byte form', packet(0xbede, [0xf0, 0, 0xa0, 12]), undefined],
  ['a length beyond its end', packet(0xbede, [0x1f, 1]), undefined],
  ['an empty element', packet(0x1000, [10, 0, 5]), undefined],
  ['an unknown profile', packet(0x2222, [0xa0, 12]), undefined],
  ['no extension', Buffer.from([0x80, ...Array<number>(20).fill(0xa0)]), undefined],
])('%s', ([, bytes, level]) => {
  expect(audioLevelOf(bytes, 10)).toBe(level);
});

test('no bytes make it stumble', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 60 }), fc.integer({ min: 1, max: 14 }), (bytes, id) => {
      const level = audioLevelOf(Buffer.from(bytes), id);
      expect(level === undefined || (level >= -127 && level <= 0)).toBe(true);
    }),
  );
});
