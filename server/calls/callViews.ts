import type { CallResource, CallState, PartyState } from '../protocol/calls.ts';
import { isMissed, otherSide, told, type CallRecord, type Party, type Side } from './CallRecord.ts';

const timeOf = (ms: number): string => new Date(ms).toISOString();
const timeOrNull = (ms: number | null): string | null => (ms === null ? null : timeOf(ms));

const partyState = ({ name, displayName }: Party): PartyState => ({ name, displayName });

/** Who is at the other end; a caller is not told who is behind a name before they answer. */
const otherOf = (call: CallRecord, side: Side): PartyState => {
  const { asked, callee, caller } = call;
  if (side === 'callee') return partyState(caller);
  const isKnown = call.answeredAt !== null || (callee.name === asked && caller.userId !== null);
  return isKnown ? partyState(callee) : { name: asked, displayName: asked };
};

const seenFrom = (call: CallRecord, side: Side) => ({
  id: call.id,
  direction: side === 'caller' ? ('outgoing' as const) : ('incoming' as const),
  other: otherOf(call, side),
  state: call.state,
  outcome: told(call, side),
  video: call.video,
  startedAt: timeOf(call.startedAt),
  answeredAt: timeOrNull(call.answeredAt),
  endedAt: timeOrNull(call.endedAt),
  via: call.via?.displayName ?? null,
});

/** As one side of a call that is on, or has just ended, sees it. */
export const callState = (
  call: CallRecord,
  side: Side,
  heldBy: ReadonlySet<Side> = new Set(),
): CallState => ({
  ...seenFrom(call, side),
  ringUntil: timeOrNull(call.ringUntil),
  roomId: call.roomId,
  // Who is blocked is told what everybody is told who reaches nobody.
  mailbox:
    side === 'caller' &&
    call.answeredAt === null &&
    (call.callee.mailbox !== false || call.outcome === 'blocked'),
  heldBy: [
    ...(heldBy.has(side) ? ['self' as const] : []),
    ...(heldBy.has(otherSide(side)) ? ['other' as const] : []),
  ],
});

/** As it stands in the history of one side. */
export const callResource = (call: CallRecord, side: Side): CallResource => {
  const missed = side === 'callee' && isMissed(call);
  const { answeredAt, endedAt } = call;
  return {
    ...seenFrom(call, side),
    durationMs: answeredAt === null || endedAt === null ? 0 : endedAt - answeredAt,
    missed,
    seen: !missed || call.missedSeenAt !== null,
  };
};
