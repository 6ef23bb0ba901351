import { describe, expect, it } from 'vitest';
import { CALL_OUTCOMES } from '../../../../server/protocol/calls.ts';
import { callWords } from './callWords.ts';

const ended = { state: 'ended', durationMs: 0 } as const;

describe('how a call went', () => {
  it('says how long one talked', () => {
    const call = { state: 'ended', outcome: 'completed', durationMs: 184_000 } as const;
    expect(callWords({ ...call, direction: 'incoming' })).toBe('Talked for 3 min');
    expect(callWords({ ...call, direction: 'outgoing', outcome: 'transferred' })).toBe(
      'Passed on, after 3 min',
    );
  });

  it('does not tell the caller what is for the callee to know', () => {
    const told = (['offline', 'blocked', 'doNotDisturb', 'unavailable'] as const).map((outcome) =>
      callWords({ ...ended, direction: 'outgoing', outcome }),
    );
    expect(new Set(told).size).toBe(1);
  });

  it('tells whom it was for why it did not ring', () => {
    expect(callWords({ ...ended, direction: 'incoming', outcome: 'doNotDisturb' })).toBe(
      'You did not want to be disturbed',
    );
  });

  it('has words for every outcome, and for what has none yet', () => {
    for (const outcome of CALL_OUTCOMES) {
      for (const direction of ['incoming', 'outgoing'] as const) {
        expect(callWords({ ...ended, direction, outcome })).toMatch(/^[A-Z][a-z ,]+$/);
      }
    }
    expect(
      callWords({ direction: 'outgoing', state: 'ringing', outcome: null, durationMs: 0 }),
    ).toBe('Rings now');
  });
});
