import { AppError } from '../base/AppError.ts';
import type { Clock } from '../base/Clock.ts';
import type { CallId, UserId } from '../protocol/ids.ts';
import {
  sideOf,
  type CallRecord,
  type CallStore,
  type HistoryQuery,
  type Side,
} from './CallRecord.ts';
import { callNotFound, type OpenCalls } from './OpenCalls.ts';

/** The calls of people, over or not, and what they know of those they missed. */
export class CallHistory {
  readonly #store: CallStore;
  readonly #open: OpenCalls;
  readonly #clock: Clock;

  constructor(options: { store: CallStore; open: OpenCalls; clock: Clock }) {
    this.#store = options.store;
    this.#open = options.open;
    this.#clock = options.clock;
  }

  /** Those that nobody has told their callee of. */
  async missedCount(userId: UserId): Promise<number> {
    return (await this.#store.missedBy(userId)).length;
  }

  /** Newest first. */
  list(query: HistoryQuery): Promise<CallRecord[]> {
    return this.#store.history(query);
  }

  /** One of somebody's, open or not. AppError `not_found`, for others' alike. */
  async read(userId: UserId, id: CallId): Promise<{ call: CallRecord; side: Side }> {
    const call = this.#open.find(id) ?? (await this.#store.get(id));
    const side = call && sideOf(call, userId);
    if (!call || !side || call.hiddenFrom.includes(userId)) throw callNotFound();
    return { call, side };
  }

  /** Takes it out of somebody's history; the other one keeps it. AppError `wrong_state` while it is on. */
  async hide(userId: UserId, id: CallId): Promise<void> {
    const { call } = await this.read(userId, id);
    if (call.state !== 'ended') throw new AppError('wrong_state', 'The call is still on.');
    await this.#store.put({ ...call, hiddenFrom: [...call.hiddenFrom, userId] });
    await this.#open.tellMissed(userId);
  }

  /** All that was missed is known now. */
  async seeMissed(userId: UserId): Promise<void> {
    const missedSeenAt = this.#clock.now();
    for (const call of await this.#store.missedBy(userId)) {
      await this.#store.put({ ...call, missedSeenAt });
    }
    await this.#open.tellMissed(userId);
  }
}
