import type { Account } from '../accounts/Account.ts';
import type { Accounts } from '../accounts/Accounts.ts';
import { hashSecret, newSecret } from '../accounts/secret.ts';
import type { Bearer } from '../accounts/tokens.ts';
import type { Clock } from '../base/Clock.ts';
import type { Logger } from '../base/logger.ts';
import type { CallAdmission, CallOutcome, CallState } from '../protocol/calls.ts';
import { newId, type CallId, type RoomId, type UserId } from '../protocol/ids.ts';
import type { CallPlans } from './CallPlans.ts';
import { after, sideOf, type CallRecord, type CallStore, type Side } from './CallRecord.ts';
import { CallsInVain } from './CallsInVain.ts';
import type { CallNotices } from './CallNotices.ts';
import type { CallRooms } from './CallRooms.ts';
import { callNotFound, type GuestLine, type OpenCalls } from './OpenCalls.ts';
import { Ringing } from './Ringing.ts';
import { callerOf, partyOf, viaOfForward } from './newCall.ts';
import type { PickUps } from './PickUps.ts';
import { Placing } from './Placing.ts';
import { Transfers } from './Transfers.ts';
import type { Route } from './routing.ts';
import type { VoicemailService } from '../voicemail/VoicemailService.ts';

export interface CallServiceOptions {
  readonly open: OpenCalls;
  readonly accounts: Accounts;
  readonly store: CallStore;
  readonly plans: CallPlans;
  readonly rooms: CallRooms;
  readonly notices: CallNotices;
  readonly voicemail: Pick<VoicemailService, 'leave' | 'inRoom'>;
  readonly pickUps: Pick<PickUps, 'begun'>;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** Who calls: somebody signed in, or a guest by the name they gave. */
export interface CallerIs {
  readonly account: Account | undefined;
  readonly displayName: string;
}

export interface Placed {
  readonly call: CallRecord;
  readonly side: Side;
  readonly callKey: string;
  readonly admission: CallAdmission | undefined;
}

/** Ring, answer, hang up, and all else that can be done with calls. */
export class CallService {
  readonly #options: CallServiceOptions;
  readonly #open: OpenCalls;
  readonly #rooms: CallRooms;
  readonly #clock: Clock;
  readonly #ringing: Ringing;
  readonly #placing: Placing;
  readonly #transfers: Transfers;
  readonly #underWay = new Set<Promise<void>>();
  readonly #inVain: CallsInVain;
  /** When the server was there for the last time, before this one. */
  #lastAlive = 0;

  constructor(options: CallServiceOptions) {
    this.#options = options;
    this.#open = options.open;
    this.#rooms = options.rooms;
    this.#clock = options.clock;
    this.#placing = new Placing(options);
    this.#transfers = new Transfers({
      ...options,
      placing: this.#placing,
      end: (call, outcome) => this.#end(call, outcome),
    });
    this.#inVain = new CallsInVain({
      ...options,
      end: (call, outcome) => this.#end(call, outcome),
    });
    this.#ringing = new Ringing(options.clock, (id) => this.#by(this.#unanswered(id)));
    this.#open.on('changed', (call, before) => this.#follow(call, before));
    this.#rooms.on('legGone', (roomId, leg) => this.#legGone(roomId, leg));
    this.#rooms.on('legMissing', (id, outcome) => this.#fail(id, outcome));
  }

  /** After a restart: what rings goes on, and who talked may come back. */
  async recover(): Promise<void> {
    const { store } = this.#options;
    const now = this.#clock.now();
    this.#lastAlive = Math.min((await store.lastAlive()) ?? now, now);
    for (const call of await store.open()) {
      const goesOn =
        this.#rooms.has(call.roomId) && (call.state === 'active' || (call.ringUntil ?? 0) > now);
      if (goesOn) {
        this.#open.restore(call);
        this.#rooms.watch(call.roomId);
        if (call.state === 'ringing') this.#ringing.start(call);
        else this.#rooms.expectBack(call);
      } else {
        await this.#open.set(this.#interrupted(call));
      }
    }
  }

  /** A call that rings, or has ended already. AppError `rate_limited` when there are too many. */
  async place(who: CallerIs, to: string, video: boolean): Promise<Placed> {
    const callKey = newSecret();
    const { account } = who;
    const caller = partyOf(account, who.displayName);
    const call = await this.#placing.run((ring) =>
      ring({ caller, video, callerKeyHash: hashOf(callKey) }, to),
    );
    const isOn = call.state !== 'ended';
    const admission = isOn ? await this.#rooms.admit(call, 'caller') : undefined;
    return { call, side: 'caller', callKey, admission };
  }

  /** The caller is back on another line. AppError `not_found`. */
  async follow(callKey: string): Promise<Omit<Placed, 'callKey'>> {
    const call = this.#open.findByKey(hashOf(callKey));
    if (!call) throw callNotFound();
    return { call, side: 'caller', admission: await this.#rooms.admit(call, 'caller') };
  }

  attachGuest(call: CallRecord, line: GuestLine): () => void {
    return this.#open.attach(call.caller.leg, line);
  }

  /** AppError `not_found` for who is not rung, `wrong_state` for who is too late. */
  async answer(
    userId: UserId,
    id: CallId,
  ): Promise<{ call: CallRecord; admission: CallAdmission }> {
    const call = this.#open.get(id);
    if (call.callee.userId !== userId) throw callNotFound();
    const answered = after(call, { name: 'answered', at: this.#clock.now() });
    await this.#open.set(answered);
    this.#rooms.expect(answered);
    return { call: answered, admission: await this.#rooms.admit(answered, 'callee') };
  }

  /** AppError `not_found`, `wrong_state`. */
  async decline(userId: UserId, id: CallId): Promise<void> {
    const call = this.#open.get(id);
    if (call.callee.userId !== userId) throw callNotFound();
    await this.#end(call, 'declined');
  }

  /** AppError `not_found` for somebody else's. */
  async hangUp(userId: UserId, id: CallId): Promise<void> {
    const [call, side] = this.#open.own(userId, id);
    await this.#hangUp(call, side);
  }

  async hangUpByKey(callKey: string): Promise<void> {
    const call = this.#open.findByKey(hashOf(callKey));
    if (call) await this.#hangUp(call, 'caller');
  }

  /** The guest is gone: it need not ring any more. */
  cancelByKey(callKey: string): void {
    const call = this.#open.findByKey(hashOf(callKey));
    if (call?.state === 'ringing') this.#by(this.#end(call, 'cancelled'));
  }

  /** Nothing of a caller is there any more: it need not ring. */
  callerGone(userId: UserId): void {
    for (const call of this.#open.of(userId)) {
      const isWaiting = call.state === 'ringing' && call.caller.userId === userId;
      if (isWaiting) this.#rooms.expectLeg(call.roomId, call.caller.leg);
    }
  }

  hold(userId: UserId, id: CallId, held: boolean): CallState {
    const [call, side] = this.#open.own(userId, id, 'active');
    this.#open.setHeld(call, side, held);
    return this.#open.state(call, side);
  }

  /** The same leg for another device: once it is in, the one before has to go. */
  async move(
    userId: UserId,
    id: CallId,
  ): Promise<{ call: CallRecord; side: Side; admission: CallAdmission }> {
    const [call, side] = this.#open.own(userId, id, 'active');
    return { call, side, admission: await this.#rooms.admit(call, side) };
  }

  /** AppError `wrong_state` when that person cannot be reached. */
  async addTo(userId: UserId, id: CallId, to: string): Promise<CallState> {
    const [call, side] = this.#open.own(userId, id, 'active');
    const { video, roomId } = call;
    const caller = call[side];
    const added = await this.#placing.run((ring) =>
      ring({ caller, video, roomId, callerKeyHash: null }, to),
    );
    return this.#open.state(added, 'caller');
  }

  /** Blind: the other one rings somebody else, and one is out of it. */
  transfer(userId: UserId, id: CallId, to: string): Promise<void> {
    return this.#transfers.blind(userId, id, to);
  }

  /** Attended: those at the other ends of two calls of one's own talk to each other. */
  join(userId: UserId, id: CallId, otherId: CallId): Promise<void> {
    return this.#transfers.attended(userId, id, otherId);
  }

  /** Instead of an answer, as `CallsInVain` does. */
  leaveMessage(
    ...wanted: Parameters<CallsInVain['leaveMessage']>
  ): ReturnType<CallsInVain['leaveMessage']> {
    return this.#inVain.leaveMessage(...wanted);
  }

  /** Those that are on, as one sees them. */
  openOf(userId: UserId): CallState[] {
    return this.#open.of(userId).map((call) => {
      const side = sideOf(call, userId) ?? 'caller';
      return this.#open.state(call, side);
    });
  }

  /** Somebody is no longer known here: their calls are over. */
  async endAllOf(userId: UserId): Promise<void> {
    for (const call of this.#open.of(userId)) {
      const side = sideOf(call, userId);
      if (side && this.#open.find(call.id) === call) await this.#hangUp(call, side);
    }
  }

  /** Or of a message that is being left. */
  isRoomOfCall(id: RoomId): boolean {
    return this.#rooms.isOfCall(id) || this.#options.voicemail.inRoom(id) !== undefined;
  }

  /** Not for other rooms, and not for calls and messages that are over for who shows it. */
  accepts(bearer: Bearer): boolean {
    const id = this.#rooms.idOf(bearer.room);
    const isOfMessage = id !== undefined && !this.#rooms.isOfCall(id);
    const draft = isOfMessage ? this.#options.voicemail.inRoom(id) : undefined;
    return draft ? draft.accepts(bearer.identity) : this.#rooms.accepts(bearer);
  }

  stateOf(call: CallRecord, side: Side): CallState {
    return this.#open.state(call, side);
  }

  /** All that happened so far is written down. */
  async settled(): Promise<void> {
    while (this.#underWay.size > 0) await Promise.allSettled(this.#underWay);
    await this.#open.settled();
  }

  /** What is on goes on at the next start. */
  async close(): Promise<void> {
    this.#ringing.close();
    this.#rooms.close();
    await this.settled();
  }

  /** It rang long enough: what do the rules say? */
  async #unanswered(id: CallId): Promise<void> {
    const call = this.#open.find(id);
    if (call?.state !== 'ringing') return;
    const seen = [call.asked];
    const { route, forwardedBy } = await this.#options.plans.route(
      callerOf(call.caller),
      call.callee.name ?? call.asked,
      { unanswered: true, seen: call.forwardedBy.length > 0 ? seen : [] },
    );
    // Meanwhile it may have been answered after all.
    const now = this.#open.find(id);
    if (now !== call) return;
    if (route.does !== 'ring') return this.#end(call, 'noAnswer');
    await this.#forward(call, route, forwardedBy.at(-1));
  }

  async #forward(
    call: CallRecord,
    { target: { account } }: Extract<Route, { does: 'ring' }>,
    by: Account | undefined,
  ): Promise<void> {
    const at = this.#clock.now();
    const until = at + account.settings.ringSeconds * 1000;
    const callee = partyOf(account, account.displayName);
    const { userId } = call.callee;
    // Whose it was has missed it, whoever answers it now.
    const missed = after(call, { name: 'ended', at, outcome: 'noAnswer' });
    const hiddenFrom = call.caller.userId ? [call.caller.userId] : [];
    await this.#options.store.put({
      ...missed,
      id: newId('call'),
      callerKeyHash: null,
      hiddenFrom,
    });
    const rung = after(call, { name: 'rung', callee, until, by: userId ?? account.id });
    await this.#open.set({ ...rung, via: viaOfForward(by) ?? call.via });
    await this.#open.tellMissed(userId);
  }

  async #hangUp(call: CallRecord, side: Side): Promise<void> {
    if (call.state === 'ringing') {
      await this.#end(call, side === 'caller' ? 'cancelled' : 'declined');
    } else await this.#end(call, 'completed');
    this.#rooms.remove(call.roomId, call[side].leg);
  }

  async #end(call: CallRecord, outcome: CallOutcome): Promise<void> {
    const ended = after(call, { name: 'ended', at: this.#clock.now(), outcome });
    await this.#open.set(ended);
    if (ended.answeredAt === null && ended.via?.comesBack) await this.#transfers.comeBack(ended);
    else this.#rooms.settle(call.roomId);
  }

  /** Somebody left the room without a word. */
  #legGone(roomId: RoomId, leg: string): void {
    for (const call of this.#open.inRoom(roomId)) {
      if (call.state === 'ringing' && call.caller.leg === leg) {
        this.#by(this.#end(call, 'cancelled'));
      }
      if (call.state !== 'active') continue;
      if (call.caller.leg === leg || call.callee.leg === leg) {
        this.#by(this.#end(call, 'completed'));
      }
    }
    this.#rooms.settle(roomId);
  }

  #fail(id: CallId, outcome: 'failed' | 'interrupted'): void {
    const call = this.#open.find(id);
    if (call?.state !== 'active') return;
    if (outcome === 'failed') return this.#by(this.#end(call, 'failed'));
    this.#by(this.#open.set(this.#interrupted(call)));
    this.#rooms.settle(call.roomId);
  }

  /** It was over when the server went: what is known of that time is when it was there last. */
  #interrupted(call: CallRecord): CallRecord {
    const at = Math.max(this.#lastAlive, call.answeredAt ?? call.startedAt);
    return after(call, { name: 'ended', at, outcome: 'interrupted' });
  }

  /** By itself, with nobody to tell how it went. */
  #by(work: Promise<void>): void {
    const done = work
      .catch((error: unknown) => this.#options.logger.error({ err: error }, 'call'))
      .finally(() => this.#underWay.delete(done));
    this.#underWay.add(done);
  }

  #follow(call: CallRecord, before: CallRecord | undefined): void {
    const { notices } = this.#options;
    const rings = call.state === 'ringing';
    const rangThere = before?.state === 'ringing' ? before.callee.userId : null;
    if (rangThere && (!rings || rangThere !== call.callee.userId)) {
      void notices.stop(rangThere, this.#open.state(call, 'callee'));
    }
    if (rings) {
      this.#ringing.start(call);
      if (call.callee.userId && rangThere !== call.callee.userId) {
        void notices.ring(call.callee.userId, this.#open.state(call, 'callee'));
      }
    } else this.#ringing.stop(call.id);
  }
}

const hashOf = (secret: string): string => hashSecret(secret).toString('hex');
