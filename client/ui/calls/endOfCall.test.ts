import { describe, expect, it } from 'vitest';
import type { CallOutcome, CallState } from '../../../server/protocol/calls.ts';
import { aCall } from '../../../test/support/aCall.ts';
import { endOfCall, type Ended } from './endOfCall.ts';

const ended = (call: Partial<CallState>, more: Partial<Ended> = {}): Ended => ({
  call: aCall({ direction: 'outgoing', state: 'ended', ...call }),
  byMe: false,
  room: null,
  talked: 0,
  ...more,
});

const answeredAt = '2026-01-01T00:00:10Z';

const lost = (reason: 'replaced' | 'unreachable') =>
  endOfCall(ended({ state: 'active', answeredAt }, { room: { reason } })).title;

describe('what came of a call', () => {
  it.each<[CallOutcome, string]>([
    ['declined', 'Ana declined'],
    ['cancelled', 'You hung up'],
    ['noAnswer', 'Ana did not answer'],
    ['busy', 'Ana is in another call'],
    ['unavailable', 'Ana cannot be reached'],
    ['failed', 'The call did not come about'],
    ['interrupted', 'The call was interrupted'],
    ['transferred', 'You passed the call on'],
    ['completed', 'The call has ended'],
  ])('%s: %s', (outcome, title) => {
    expect(endOfCall(ended({ outcome })).title).toBe(title);
  });

  it('says the same whoever could not be reached, and why', () => {
    const said = (['unavailable', 'offline', 'doNotDisturb', 'blocked'] as const).map((outcome) =>
      endOfCall(ended({ outcome })),
    );
    expect(new Set(said.map((words) => JSON.stringify(words))).size).toBe(1);
  });

  it('says how long one talked', () => {
    const { words } = endOfCall(ended({ outcome: 'completed' }, { talked: 3 * 60_000 }));
    expect(words).toContain('with Ana for 3 min');
  });

  it('knows before the server says so what one has done oneself', () => {
    const ringing = ended({ state: 'ringing' }, { byMe: true });
    expect(endOfCall(ringing).title).toBe('You hung up');
    const talked = ended({ state: 'active', answeredAt }, { byMe: true });
    expect(endOfCall(talked).title).toBe('The call has ended');
  });

  it('knows that it goes on, or that the way to it was lost', () => {
    expect(lost('replaced')).toBe('The call goes on on another device');
    expect(lost('unreachable')).toBe('The server could not be reached');
  });

  it('believes the server when both have something to say', () => {
    const both = ended({ outcome: 'declined' }, { room: { reason: 'removed' } });
    expect(endOfCall(both).title).toBe('Ana declined');
  });
});
