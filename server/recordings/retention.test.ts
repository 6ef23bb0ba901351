import { describe, expect, test } from 'vitest';
import { aRecord } from '../../test/support/aRecord.ts';
import { expiresAt, overdue } from './retention.ts';

const DAY_MS = 86_400_000;
const now = Date.UTC(2026, 10, 1);
const forEver = { keepDays: null, keepBytes: null };

/** A finished one of `bytes`, so many days old. */
const old = (days: number, bytes = 1, more: Parameters<typeof aRecord>[0] = {}) =>
  aRecord({
    state: 'ready',
    startedAt: now - days * DAY_MS,
    endedAt: now - days * DAY_MS,
    files: [
      {
        name: 'one.webm',
        kind: 'track',
        participant: null,
        source: 'camera',
        type: 'video/webm',
        bytes,
        durationMs: 1,
        sha256: '0'.repeat(64),
      },
    ],
    ...more,
  });

describe('what is deleted by itself', () => {
  test('is nothing while no rule says so', () => {
    expect(overdue([old(10_000), old(1)], forEver, now)).toEqual([]);
    expect(expiresAt(old(1), forEver)).toBeNull();
  });

  test('is what is older than the server keeps, unless its room keeps it longer or shorter', () => {
    const [young, aged] = [old(6), old(8)];
    const kept = old(8, 1, { keepDays: 30 });
    const brief = old(2, 1, { keepDays: 1 });
    const found = overdue([young, aged, kept, brief], { ...forEver, keepDays: 7 }, now);
    expect(found).toEqual([aged, brief]);
    expect(expiresAt(aged, { ...forEver, keepDays: 7 })).toBe(now - DAY_MS);
  });

  test('is the oldest beyond what a room may take, by its newest rule', () => {
    const room = old(1).room;
    const ofRoom = [3, 2, 1].map((days) => old(days, 40, { room, keepBytes: 80 }));
    expect(overdue(ofRoom, forEver, now)).toEqual([ofRoom[0]]);
    const loosened = [...ofRoom, old(0, 40, { room, keepBytes: 1000 })];
    expect(overdue(loosened, forEver, now)).toEqual([]);
  });

  test('is the oldest beyond what all may take', () => {
    const all = [4, 3, 2, 1].map((days) => old(days, 40));
    expect(overdue(all, { ...forEver, keepBytes: 100 }, now)).toEqual(all.slice(0, 2));
  });

  test('is never one that still runs, or is being finished', () => {
    const busy = (['recording', 'paused', 'finishing', 'recovering'] as const).map((state) =>
      old(1000, 1e9, { state }),
    );
    expect(overdue(busy, { keepDays: 1, keepBytes: 1 }, now)).toEqual([]);
  });
});
