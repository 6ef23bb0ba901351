import { EventEmitter } from 'node:events';
import { AppError } from '../base/AppError.ts';
import type { Logger } from '../base/logger.ts';
import { SerialQueue } from '../base/SerialQueue.ts';
import type { CallId, RoomId, UserId } from '../protocol/ids.ts';
import type { Notification } from '../protocol/signaling.ts';
import { isMissed, sideOf, type CallRecord, type CallStore, type Side } from './CallRecord.ts';
import { callState } from './callViews.ts';
import type { Registrar } from './Registrar.ts';

/** The line to a caller who has no account. */
export interface GuestLine {
  notify(notification: Notification): void;
}

export type OpenCallsEvents = {
  /** After it was told to both sides. */
  changed: [call: CallRecord, before: CallRecord | undefined];
};

/** The calls that ring or are talked in: in memory, in the database, and told to who is in them. */
export class OpenCalls extends EventEmitter<OpenCallsEvents> {
  readonly #store: CallStore;
  readonly #registrar: Registrar;
  readonly #logger: Logger;
  readonly #calls = new Map<CallId, CallRecord>();
  readonly #held = new Map<CallId, Set<Side>>();
  readonly #guests = new Map<string, GuestLine>();
  /** In the order in which they happened. */
  readonly #writes = new SerialQueue();

  constructor(options: { store: CallStore; registrar: Registrar; logger: Logger }) {
    super();
    this.#store = options.store;
    this.#registrar = options.registrar;
    this.#logger = options.logger;
  }

  get size(): number {
    return this.#calls.size;
  }

  all(): readonly CallRecord[] {
    return [...this.#calls.values()];
  }

  inRoom(roomId: RoomId): readonly CallRecord[] {
    return this.all().filter((call) => call.roomId === roomId);
  }

  of(userId: UserId): readonly CallRecord[] {
    return this.all().filter(
      ({ caller, callee }) => caller.userId === userId || callee.userId === userId,
    );
  }

  find(id: CallId): CallRecord | undefined {
    return this.#calls.get(id);
  }

  /** One that is open. AppError `not_found`. */
  get(id: CallId): CallRecord {
    const call = this.#calls.get(id);
    if (!call) throw callNotFound();
    return call;
  }

  /** One of somebody's, and which side they are. AppError `not_found` for others', `wrong_state`. */
  own(userId: UserId, id: CallId, state?: 'active'): [CallRecord, Side] {
    const call = this.get(id);
    const side = sideOf(call, userId);
    if (!side) throw callNotFound();
    if (state && call.state !== state) {
      throw new AppError('wrong_state', 'Nobody has answered yet.');
    }
    return [call, side];
  }

  findByKey(keyHash: string): CallRecord | undefined {
    return this.all().findLast(({ callerKeyHash }) => callerKeyHash === keyHash);
  }

  /** As it was when the server went. */
  restore(call: CallRecord): void {
    this.#calls.set(call.id, call);
  }

  /** From now on it is so. Resolves when it is written down. */
  set(call: CallRecord): Promise<void> {
    const before = this.#calls.get(call.id);
    if (call.state === 'ended') this.#calls.delete(call.id);
    else this.#calls.set(call.id, call);
    const written = this.#writes.run(() => this.#store.put(call));
    written.catch((error: unknown) => {
      this.#logger.error({ call: call.id, err: error }, 'call not saved');
    });
    // Who it was forwarded away from hears that it does not ring there any more.
    if (before && before.callee.userId !== call.callee.userId) this.#retract(before);
    this.tell(call);
    if (call.state === 'ended') {
      this.#held.delete(call.id);
      if (isMissed(call)) void written.then(() => this.tellMissed(call.callee.userId));
    }
    this.emit('changed', call, before);
    return written;
  }

  setHeld(call: CallRecord, side: Side, held: boolean): void {
    const sides = this.#held.get(call.id) ?? new Set();
    if (held) sides.add(side);
    else sides.delete(side);
    this.#held.set(call.id, sides);
    this.tell(call);
  }

  state(call: CallRecord, side: Side) {
    return callState(call, side, this.#held.get(call.id));
  }

  tell(call: CallRecord): void {
    for (const side of ['caller', 'callee'] as const) {
      this.notify(call, side, { name: 'callChanged', data: this.state(call, side) });
    }
  }

  /** To every device of one side. */
  notify(call: CallRecord, side: Side, notification: Notification): void {
    const { userId, leg } = call[side];
    if (userId !== null) {
      // What was blocked is nothing the callee wants to hear of.
      if (side === 'callee' && call.outcome === 'blocked') return;
      this.#registrar.tell(userId, notification);
    } else this.#guests.get(leg)?.notify(notification);
  }

  /** A guest can be told from now on. Returns what takes the line away again. */
  attach(leg: string, line: GuestLine): () => void {
    this.#guests.set(leg, line);
    return () => {
      if (this.#guests.get(leg) === line) this.#guests.delete(leg);
    };
  }

  /** How many calls somebody missed and does not know of, to all of their devices. */
  async tellMissed(userId: UserId | null): Promise<void> {
    if (userId === null || this.#registrar.of(userId).length === 0) return;
    const missedCalls = await this.#store.missedCount(userId);
    this.#registrar.tell(userId, { name: 'missedCallsChanged', data: { missedCalls } });
  }

  /** All that happened is written down. */
  async settled(): Promise<void> {
    await this.#writes.run(() => undefined);
  }

  #retract(before: CallRecord): void {
    const over = { ...before, state: 'ended', outcome: 'noAnswer', ringUntil: null } as const;
    this.notify(before, 'callee', { name: 'callChanged', data: this.state(over, 'callee') });
  }
}

export const callNotFound = (): AppError => new AppError('not_found', 'There is no such call.');
