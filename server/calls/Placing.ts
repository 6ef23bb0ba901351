import { AppError } from '../base/AppError.ts';
import type { Clock } from '../base/Clock.ts';
import { SerialQueue } from '../base/SerialQueue.ts';
import { foldUserName } from '../protocol/people.ts';
import type { CallPlans } from './CallPlans.ts';
import { after, type CallRecord } from './CallRecord.ts';
import type { CallRooms } from './CallRooms.ts';
import type { OpenCalls } from './OpenCalls.ts';
import { calleeOf, callerOf, newCall, outcomeOf, viaOfForward, type NewCall } from './newCall.ts';
import type { Routed } from './routing.ts';

/** Calls of one person at once, ringing ones included: more is a fault or an attack. */
const MAX_OPEN_CALLS = 8;

/** A call that rings where the rules say, or has ended already. AppError `rate_limited`. */
export type Ring = (wish: Omit<NewCall, 'asked'>, to: string) => Promise<CallRecord>;

export interface PlacingOptions {
  readonly open: OpenCalls;
  readonly plans: CallPlans;
  readonly rooms: CallRooms;
  readonly clock: Clock;
}

/** How calls begin: one after another, so that many at once find no more place than there is. */
export class Placing {
  readonly #options: PlacingOptions;
  readonly #queue = new SerialQueue();

  constructor(options: PlacingOptions) {
    this.#options = options;
  }

  /** While no other call is placed: what is found out of who is called holds until it rings. */
  run<T>(work: (ring: Ring) => Promise<T>): Promise<T> {
    return this.#queue.run(() => work(this.#ring));
  }

  readonly #ring: Ring = async (wish, to) => {
    const { open, plans } = this.#options;
    const { userId } = wish.caller;
    if (userId && open.of(userId).length >= MAX_OPEN_CALLS) throw tooManyCalls();
    const routed = await plans.route(callerOf(wish.caller), to);
    return this.#begin({ ...wish, asked: foldUserName(to), routed });
  };

  async #begin(options: NewCall & { readonly routed: Routed }): Promise<CallRecord> {
    const { open, rooms, clock } = this.#options;
    const { routed, ...rest } = options;
    const { route, forwardedBy } = routed;
    const at = clock.now();
    const callee = calleeOf(route, options.asked);
    if (route.does !== 'ring') {
      const call = newCall({ ...rest, callee, at });
      const ended = after(call, { name: 'ended', at, outcome: outcomeOf(route) });
      await open.set(ended);
      return ended;
    }
    const roomId = options.roomId ?? rooms.open();
    const call: CallRecord = {
      ...newCall({ ...rest, roomId, callee, at }),
      ringUntil: at + route.target.account.settings.ringSeconds * 1000,
      forwardedBy: forwardedBy.map(({ id }) => id),
      via: options.via ?? viaOfForward(forwardedBy.at(-1)),
    };
    rooms.watch(roomId);
    await open.set(call);
    return call;
  }
}

const tooManyCalls = (): AppError =>
  new AppError('rate_limited', 'You have too many calls at once.', { retryAfterSeconds: 30 });
