import { describe, expect, it } from 'vitest';
import type { CallState } from '../../../server/protocol/calls.ts';
import { aCall } from '../../../test/support/aCall.ts';
import { silencedWords } from './callWords.ts';

const now = (more: Partial<CallState>, here = false) => silencedWords(aCall(), aCall(more), here);

describe('a call that rings no more', () => {
  it.each<[Partial<CallState>, string]>([
    [{ state: 'active' }, 'Answered on another device'],
    [
      { state: 'ended', outcome: 'completed', answeredAt: '2026-01-01T00:00:10Z' },
      'Answered on another device',
    ],
    [{ state: 'ended', outcome: 'declined' }, 'Declined on another device'],
    [{ state: 'ended', outcome: 'cancelled' }, 'You missed a call from Ana'],
    [{ state: 'ended', outcome: 'noAnswer' }, 'You missed a call from Ana'],
    [{ state: 'ended', outcome: null }, 'You missed a call from Ana'],
  ])('is told of: %j', (more, words) => {
    expect(now(more)).toBe(words);
  });

  it('is not told of while it rings, nor to whoever pressed the button', () => {
    expect(now({})).toBeNull();
    expect(now({ state: 'active' }, true)).toBeNull();
    expect(now({ state: 'ended', outcome: 'declined' }, true)).toBeNull();
  });

  it('is not told of to the caller, nor once it was answered', () => {
    const ended = aCall({ state: 'ended', outcome: 'cancelled' });
    expect(silencedWords(aCall({ direction: 'outgoing' }), ended, false)).toBeNull();
    expect(silencedWords(aCall({ state: 'active' }), ended, false)).toBeNull();
  });
});
