import { describe, expect, it } from 'vitest';
import { killOnce } from '../chaos/killRecording.ts';

/** Of what had been sent when the server was killed so much may be lost. */
const LOSS_LIMIT_MS = 250;
/** A room is with another worker by then, and everything is sent again. */
const RETURN_LIMIT_MS = 5_000;

describe('what was recorded is there', { timeout: 120_000, retry: 2 }, () => {
  it('after the server was killed with all that it had started', async () => {
    const { faults, lostMs, leftovers } = await killOnce('group');
    expect(faults).toEqual([]);
    expect(lostMs).toHaveLength(4);
    expect(Math.max(...lostMs)).toBeLessThan(LOSS_LIMIT_MS);
    expect(leftovers).toEqual([]);
  });

  it('after the media worker was killed, and what came after too', async () => {
    const { faults, lostMs, leftovers } = await killOnce('worker');
    expect(faults).toEqual([]);
    expect(Math.max(...lostMs)).toBeLessThan(RETURN_LIMIT_MS);
    expect(leftovers).toEqual([]);
  });

  it('after the server was killed while it made the files', async () => {
    const { faults, leftovers } = await killOnce('finishing');
    expect(faults).toEqual([]);
    expect(leftovers).toEqual([]);
  });
});
