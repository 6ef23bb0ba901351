import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { PacketCounter, RESTART_LOSS } from './PacketCounter.ts';

const STREAM = { payloadType: 101, clockRate: 90_000 };

interface Fields {
  readonly sequence: number;
  readonly timestamp: number;
  readonly ssrc?: number;
  readonly payloadType?: number;
}

const packet = ({ sequence, timestamp, ssrc = 7, payloadType = 101 }: Fields): Buffer => {
  const bytes = Buffer.alloc(16);
  bytes[0] = 0x80;
  bytes[1] = payloadType;
  bytes.writeUInt16BE(sequence & 0xffff, 2);
  bytes.writeUInt32BE(timestamp % 2 ** 32, 4);
  bytes.writeUInt32BE(ssrc, 8);
  return bytes;
};

/** Packet `i` of a stream with one each 20 ms. */
const numbered = (i: number, from: Fields = { sequence: 0, timestamp: 0 }): Buffer =>
  packet({ ...from, sequence: from.sequence + i, timestamp: from.timestamp + i * 1800 });

describe('a stream', () => {
  test('goes on over the wraps of its numbers and its time', () => {
    const counter = new PacketCounter(STREAM);
    const from = { sequence: 65_530, timestamp: 2 ** 32 - 9_000 };
    const taken = Array.from({ length: 70_000 }, (_, i) => counter.take(numbered(i, from), i * 20));
    const [first, last] = [taken[0]!, taken.at(-1)!];
    expect(last.index - first.index).toBe(69_999);
    expect(last.rtpTime - first.rtpTime).toBe(69_999 * 1800);
    expect(counter.restarts).toBe(0);
  });

  test('takes each packet once, however late within its window', () => {
    const counter = new PacketCounter(STREAM);
    const order = [0, 1, 4, 3, 3, 2, 2, 5];
    const taken = order.map((i) => counter.take(numbered(i), i * 20));
    const [first] = taken;
    expect(taken.map((arrival) => arrival && arrival.index - first!.index)).toEqual([
      0,
      1,
      4,
      3,
      undefined,
      2,
      undefined,
      5,
    ]);
    expect(taken.map((arrival) => arrival?.isNewest)).toEqual([
      true,
      true,
      true,
      false,
      undefined,
      false,
      undefined,
      true,
    ]);
    expect(counter.duplicates).toBe(2);
  });

  test('counts what an outage has swallowed, as its time went on as well', () => {
    const counter = new PacketCounter(STREAM);
    const before = counter.take(numbered(0), 0)!;
    const after = counter.take(numbered(5_000), 100_000)!;
    expect(after.index - before.index).toBe(5_000);
    expect(counter.restarts).toBe(0);
  });

  test('that begins anew goes on behind what was, and loses nothing by it', () => {
    const counter = new PacketCounter(STREAM);
    const before = counter.take(numbered(0), 0)!;
    const from = { sequence: 30_000, timestamp: 4_000_000_000 };
    const after = counter.take(numbered(0, from), 20)!;
    expect(after.index - before.index - 1).toBe(RESTART_LOSS);
    expect(counter.restarts).toBe(1);
    // One of before that was still under way.
    expect(counter.take(numbered(1), 30)).toBeUndefined();
    expect(counter.take(numbered(1, from), 40)!.index).toBe(after.index + 1);
    expect(counter.restarts).toBe(1);
  });

  test('under another SSRC is another beginning', () => {
    const counter = new PacketCounter(STREAM);
    const before = counter.take(numbered(0), 0)!;
    const after = counter.take(numbered(1, { sequence: 0, timestamp: 0, ssrc: 8 }), 20)!;
    expect(after.index - before.index - 1).toBe(RESTART_LOSS);
  });

  test('has no part in packets of another kind', () => {
    const counter = new PacketCounter(STREAM);
    expect(counter.take(packet({ sequence: 1, timestamp: 1, payloadType: 96 }), 0)).toBeUndefined();
    expect(counter.take(Buffer.from('not RTP at all'), 0)).toBeUndefined();
  });
});

test('whatever bytes come, none is more than passed over', () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 64 }), { maxLength: 50 }), (all) => {
      const counter = new PacketCounter({ payloadType: 0, clockRate: 48_000 });
      const seen = new Set<number>();
      for (const [i, bytes] of all.entries()) {
        const arrival = counter.take(Buffer.from(bytes), i);
        if (!arrival) continue;
        expect(seen.has(arrival.index)).toBe(false);
        expect(arrival.index).toBeGreaterThan(0);
        seen.add(arrival.index);
      }
    }),
  );
});
