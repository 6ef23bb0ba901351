import type { Accounts } from '../accounts/Accounts.ts';
import { AppError } from '../base/AppError.ts';
import type { Clock } from '../base/Clock.ts';
import type { CallOutcome } from '../protocol/calls.ts';
import type { CallId, UserId } from '../protocol/ids.ts';
import { otherSide, type CallRecord, type Via } from './CallRecord.ts';
import type { CallRooms } from './CallRooms.ts';
import { newCall, partyOf, restOf, viaOf } from './newCall.ts';
import type { OpenCalls } from './OpenCalls.ts';
import type { Placing } from './Placing.ts';

export interface TransfersOptions {
  readonly open: OpenCalls;
  readonly rooms: CallRooms;
  readonly placing: Placing;
  readonly accounts: Accounts;
  readonly clock: Clock;
  readonly end: (call: CallRecord, outcome: CallOutcome) => Promise<void>;
}

/** Calls that are left to others. */
export class Transfers {
  readonly #options: TransfersOptions;

  constructor(options: TransfersOptions) {
    this.#options = options;
  }

  /** The other one rings somebody else, and one is out of it. */
  blind(userId: UserId, id: CallId, to: string): Promise<void> {
    const { open, rooms, placing, end } = this.#options;
    return placing.run(async (ring) => {
      const [call, side] = open.own(userId, id, 'active');
      const by = call[side];
      const via: Via = { ...viaOf(by), comesBack: true };
      const rest = restOf(call, otherSide(side));
      const next = await ring({ ...rest, via }, to);
      await end(call, 'transferred');
      rooms.remove(call.roomId, by.leg);
      if (next.state === 'ended') await this.comeBack(next);
    });
  }

  /** Those at the other ends of two calls of one's own talk to each other. */
  async attended(userId: UserId, id: CallId, otherId: CallId): Promise<void> {
    const { open, rooms, clock, end } = this.#options;
    const [call, side] = open.own(userId, id, 'active');
    const [other, otherSideOwn] = open.own(userId, otherId, 'active');
    if (call.roomId === other.roomId) {
      throw new AppError('wrong_state', 'They are in one call already.');
    }
    const now = clock.now();
    const callee = other[otherSide(otherSideOwn)];
    const joined: CallRecord = {
      ...newCall({ ...restOf(call, otherSide(side)), callee, at: now }),
      state: 'active',
      answeredAt: now,
      via: { ...viaOf(call[side]), comesBack: false },
    };
    await open.set(joined);
    const admission = await rooms.admit(joined, 'callee');
    const moved = { fromCallId: otherId, call: open.state(joined, 'callee'), admission };
    open.notify(joined, 'callee', { name: 'callMoved', data: moved });
    rooms.expect(joined);
    for (const [old, own] of [
      [call, side],
      [other, otherSideOwn],
    ] as const) {
      await end(old, 'transferred');
      rooms.remove(old.roomId, old[own].leg);
    }
  }

  /** A blind transfer that nobody took: who transferred it is rung, whatever their rules say. */
  async comeBack(failed: CallRecord): Promise<void> {
    const { open, rooms, accounts, clock } = this.#options;
    const { via, caller, roomId } = failed;
    const account = via?.name ? await accounts.findByName(via.name) : undefined;
    const isThere = failed.outcome !== 'cancelled' && rooms.isIn(roomId, caller.leg);
    if (!account || !isThere) return rooms.settle(roomId);
    const at = clock.now();
    await open.set({
      ...newCall({
        ...restOf(failed, 'caller'),
        asked: account.name,
        callee: partyOf(account, account.displayName),
        at,
      }),
      ringUntil: at + account.settings.ringSeconds * 1000,
      via: { ...viaOf(failed.callee), comesBack: false },
    });
  }
}
