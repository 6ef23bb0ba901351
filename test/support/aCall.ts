import type { CallState } from '../../server/protocol/calls.ts';

/** A call from Ana that rings, but for what `more` says. */
export const aCall = (more: Partial<CallState> = {}): CallState => ({
  id: 'call_1',
  direction: 'incoming',
  other: { name: 'ana', displayName: 'Ana' },
  state: 'ringing',
  outcome: null,
  video: false,
  startedAt: '2026-01-01T00:00:00Z',
  ringUntil: '2026-01-01T00:00:30Z',
  answeredAt: null,
  endedAt: null,
  roomId: 'room_1',
  via: null,
  mailbox: false,
  heldBy: [],
  ...more,
});
