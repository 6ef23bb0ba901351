import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { opusDurationMs } from '../rtp/opusPacket.ts';
import { OpusLine } from './OpusLine.ts';
import type { TimedData } from './readPictures.ts';

/** 20 ms, and not silent. */
const VOICE = Buffer.from([0xf8, 1, 2, 3]);
const isVoice = ({ data }: TimedData): boolean => data === VOICE;
const durationOf = ({ data }: TimedData): number => opusDurationMs(data) ?? 0;
const soundOf = (packets: readonly TimedData[]): number =>
  packets.reduce((sum, packet) => sum + durationOf(packet), 0);

const lineOf = (starts: readonly number[], endsMs: number): TimedData[] => {
  const line = new OpusLine({ endsMs });
  return [...starts.flatMap((ms) => [...line.packet(VOICE, ms)]), ...line.end()];
};

test('silence from zero on, between, and up to the end; the voice where it was', () => {
  const packets = lineOf([103.4, 123.4, 500], 1_000);
  expect(packets[0]).toMatchObject({ ms: 0 });
  expect(packets.filter(isVoice).map(({ ms }) => ms)).toEqual([103.4, 123.4, 500]);
  expect(Math.abs(soundOf(packets) - 1_000)).toBeLessThanOrEqual(2.5);
});

test('nothing but silence where nobody spoke', () => {
  const packets = lineOf([], 10_000);
  expect(packets).toHaveLength(500);
  expect(packets.every((packet, i) => packet.ms === i * 20 && !isVoice(packet))).toBe(true);
});

test('packets before zero or behind the end are left out', () => {
  const packets = lineOf([-40, -20, -3, 17, 980, 1_000, 1_020], 1_000);
  expect(packets.filter(isVoice).map(({ ms }) => ms)).toEqual([0, 17, 980]);
});

test('of two voices at once the first stays', () => {
  const line = new OpusLine({ endsMs: 1_000 });
  const packets = [0, 20, 20, 27, 40].flatMap((ms) => [...line.packet(VOICE, ms)]);
  expect(packets.map(({ ms }) => ms)).toEqual([0, 20, 40]);
  expect(line.overlapping).toBe(2);
});

test('a clock that is not ours is made up for in the next silence', () => {
  // 100 seconds of a sender that is 200 ppm fast, then a pause: 20 ms too much was sounded.
  const starts = Array.from({ length: 5_000 }, (_, i) => i * 19.996);
  const packets = lineOf([...starts, 101_000], 102_000);
  expect(packets.filter(isVoice).map(({ ms }) => ms)).toEqual([...starts, 101_000]);
  const before = packets.slice(0, packets.findLastIndex(isVoice));
  expect(Math.abs(soundOf(before) - 101_000)).toBeLessThanOrEqual(2.5);
});

test('times grow, and by sound and by time all of it is there, whatever comes', () => {
  const starts = fc.array(fc.double({ min: 0, max: 5_000, noNaN: true }), { maxLength: 60 });
  fc.assert(
    fc.property(starts, (unsorted) => {
      const packets = lineOf(
        unsorted.toSorted((a, b) => a - b),
        5_000,
      );
      // Packets that came early sound longer than the time they take: the silence after them is shorter.
      let [endsMs, soundedMs] = [0, 0];
      for (const packet of packets) {
        expect(packet.ms).toBeGreaterThanOrEqual(endsMs - 5);
        expect(packet.ms - Math.max(endsMs, soundedMs)).toBeLessThan(2.6);
        endsMs = packet.ms + durationOf(packet);
        soundedMs += durationOf(packet);
      }
      expect(Math.max(endsMs, soundedMs)).toBeGreaterThan(5_000 - 2.6);
      expect(soundOf(packets)).toBeGreaterThan(5_000 - 5);
    }),
  );
});
