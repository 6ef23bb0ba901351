import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Arrival } from './PacketCounter.ts';
import { ReorderBuffer } from './ReorderBuffer.ts';

const arrival = (index: number, atMs: number): Arrival => ({
  index,
  atMs,
  rtpTime: index,
  marker: false,
  payload: Buffer.alloc(0),
  isNewest: true,
});

test('brings any order that is not too late into the right one, and counts what is missing', () => {
  const sent = fc.array(fc.record({ delayMs: fc.nat(3_000), lost: fc.boolean() }), {
    maxLength: 300,
  });
  fc.assert(
    fc.property(sent, (packets) => {
      const arriving = packets
        .map(({ delayMs, lost }, i) => ({ index: 1 + i, lost, atMs: i * 20 + delayMs }))
        .filter(({ lost }) => !lost)
        .toSorted((a, b) => a.atMs - b.atMs);
      const buffer = new ReorderBuffer(1);
      const out = arriving.flatMap(({ index, atMs }) => buffer.push(arrival(index, atMs)));
      out.push(...buffer.flush());
      expect(out.map(({ index }) => index)).toEqual(
        arriving.map(({ index }) => index).toSorted((a, b) => a - b),
      );
      let next = 1;
      for (const { index, missing } of out) {
        expect(missing).toBe(index - next);
        next = index + 1;
      }
    }),
  );
});

test('does not wait for ever', () => {
  const buffer = new ReorderBuffer(0);
  expect(buffer.push(arrival(0, 0))).toHaveLength(1);
  expect(buffer.push(arrival(2, 100))).toEqual([]);
  expect(buffer.push(arrival(3, 4_000))).toEqual([]);
  expect(buffer.push(arrival(4, 4_200)).map(({ index }) => index)).toEqual([2, 3, 4]);
  // Too late.
  expect(buffer.push(arrival(1, 4_300))).toEqual([]);
});
