import type { Account } from '../accounts/Account.ts';
import { newSecret } from '../accounts/secret.ts';
import type { CallOutcome } from '../protocol/calls.ts';
import { newId, type RoomId } from '../protocol/ids.ts';
import type { CallRecord, Party, Side, Via } from './CallRecord.ts';
import type { Route } from './routing.ts';

/** What new calls are made of. */

export const callerOf = ({ name }: Party): { name: string | null } => ({ name });

export const partyOf = (account: Account | undefined, displayName: string): Party => ({
  userId: account?.id ?? null,
  name: account?.name ?? null,
  displayName,
  leg: newSecret(),
  ...(account?.settings.voicemail === false && { mailbox: false as const }),
});

export const viaOf = ({ userId, name, displayName }: Party): Omit<Via, 'comesBack'> => ({
  userId,
  name,
  displayName,
});

export const viaOfForward = (account: Account | undefined): Via | null =>
  account
    ? {
        userId: account.id,
        name: account.name,
        displayName: account.displayName,
        comesBack: false,
      }
    : null;

/** Of a call that goes on with somebody else: who stays. */
export const restOf = (call: CallRecord, stays: Side) => ({
  caller: call[stays],
  roomId: call.roomId,
  video: call.video,
  asked: call.asked,
  callerKeyHash: stays === 'caller' ? call.callerKeyHash : null,
});

export const calleeOf = (route: Route, asked: string): Party => {
  const account = route.target?.account;
  return account
    ? partyOf(account, account.displayName)
    : { userId: null, name: null, displayName: asked, leg: newSecret() };
};

export const outcomeOf = (route: Exclude<Route, { does: 'ring' }>): CallOutcome => {
  const { because } = route;
  const isSaid =
    because === 'blocked' ||
    because === 'doNotDisturb' ||
    because === 'offline' ||
    because === 'busy';
  return isSaid ? because : 'unavailable';
};

export interface NewCall {
  readonly caller: Party;
  readonly asked: string;
  readonly video: boolean;
  readonly callerKeyHash: string | null;
  /** Absent: one is made when it rings. */
  readonly roomId?: RoomId;
  readonly via?: Via;
}

export const newCall = ({
  caller,
  asked,
  video,
  callerKeyHash,
  roomId,
  via,
  callee,
  at,
}: NewCall & { readonly callee: Party; readonly at: number }): CallRecord => ({
  id: newId('call'),
  caller,
  callee,
  asked,
  roomId: roomId ?? newId('room'),
  state: 'ringing',
  outcome: null,
  video,
  startedAt: at,
  ringUntil: null,
  answeredAt: null,
  endedAt: null,
  via: via ?? null,
  forwardedBy: [],
  callerKeyHash,
  missedSeenAt: null,
  hiddenFrom: [],
});
