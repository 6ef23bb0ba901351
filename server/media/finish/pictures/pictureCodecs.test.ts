import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sizeIn } from './h264Parameters.ts';
import { H264 } from './H264.ts';
import { pictureCodec } from './pictureCodecs.ts';
import { hidden } from './vp9Hidden.ts';

test.for(['vp8', 'vp9', 'h264', 'av1'])('no payload makes %s stumble', (name) => {
  const payload = fc.uint8Array({ minLength: 0, maxLength: 48 });
  fc.assert(
    fc.property(fc.array(payload, { minLength: 1, maxLength: 6 }), (payloads) => {
      const codec = pictureCodec(name)!;
      const buffers = payloads.map((bytes) => Buffer.from(bytes));
      expect(typeof codec.isStart(buffers[0]!)).toBe('boolean');
      const picture = codec.assemble(buffers);
      const isSound = !picture || picture === 'none' || picture.data.length > 0;
      expect(isSound).toBe(true);
    }),
    { numRuns: 2_000 },
  );
});

test('no bytes make a VP9 frame stumble that is to be hidden', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
      // The frame marker, and a frame that is shown.
      const frame = Buffer.from([0x86, ...bytes]);
      const result = hidden(frame);
      expect(result === undefined || Math.abs(result.length - frame.length) <= 1).toBe(true);
    }),
    { numRuns: 2_000 },
  );
});

describe('H.264', () => {
  /** Of libx264: baseline, main, and high, the last two with a part cut off. */
  test.for<[hex: string, width: number, height: number]>([
    ['6742c01ed900a02ff97011000003000100000300320f162e48', 640, 360],
    ['674d4028eca03c0113f2e022000003000200000300641e30632c', 1920, 1080],
    ['67640020acd94056061e6f011000000300100000030320f1831960', 1366, 768],
  ])('%s is %i x %i', ([hex, width, height]) => {
    expect(sizeIn(Buffer.from(hex, 'hex'))).toEqual({ width, height });
  });

  test('a key picture whose parameters never came cannot be shown', () => {
    const codec = new H264();
    expect(codec.assemble([Buffer.from([0x65, 0x88, 1, 2])])).toBeUndefined();
  });

  test('parameters alone are no picture, and are kept for the next', () => {
    const codec = new H264();
    const [sps, pps] = ['6742c01ed900a02ff97011000003000100000300320f162e48', '68cb83cb20'];
    expect(codec.assemble([Buffer.from(sps, 'hex')])).toBe('none');
    expect(codec.assemble([Buffer.from(pps, 'hex')])).toBe('none');
    expect(codec.assemble([Buffer.from([0x65, 0x88, 1, 2])])).toMatchObject({ isKey: true });
    expect(codec.format).toMatchObject({ codecString: 'avc1.42c01e', width: 640 });
  });
});
