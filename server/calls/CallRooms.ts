import { EventEmitter } from 'node:events';
import { signJoinToken, type Bearer } from '../accounts/tokens.ts';
import type { Clock } from '../base/Clock.ts';
import type { CallAdmission } from '../protocol/calls.ts';
import type { CallId, RoomId } from '../protocol/ids.ts';
import type { LeaveReason, Member } from '../rooms/Member.ts';
import type { Room } from '../rooms/Room.ts';
import type { RoomRegistry } from '../rooms/RoomRegistry.ts';
import type { CallRecord, Side } from './CallRecord.ts';
import type { OpenCalls } from './OpenCalls.ts';

/** Nobody talks longer without coming in anew. */
const TOKEN_SECONDS = 24 * 3600;
/** A page that is loaded anew is back by then; later, whoever is left waits longer for nothing. */
const LEG_GRACE_MS = 4_000;
/** From the answer to being together, over a slow line. */
const TOGETHER_MS = 30_000;
/** After a restart: clients look for the server for two minutes, most find it in seconds. */
const BACK_MS = 60_000;

export type CallRoomsEvents = {
  /** Who came with this identity is no longer in the room, and not back in time. */
  legGone: [roomId: RoomId, leg: string];
  /** The two are not together though they should be. */
  legMissing: [id: CallId, outcome: 'failed' | 'interrupted'];
};

/** The rooms in which calls are talked: who has to be there, and what follows when they are not. */
export class CallRooms extends EventEmitter<CallRoomsEvents> {
  readonly #rooms: RoomRegistry;
  readonly #open: OpenCalls;
  readonly #clock: Clock;
  readonly #tokenSecret: Uint8Array;
  readonly #watched = new Map<RoomId, Room>();
  /** Legs that are out of the room for a moment. */
  readonly #awaited = new Map<string, symbol>();
  #closed = false;

  constructor(options: {
    rooms: RoomRegistry;
    open: OpenCalls;
    clock: Clock;
    tokenSecret: Uint8Array;
  }) {
    super();
    this.#rooms = options.rooms;
    this.#open = options.open;
    this.#clock = options.clock;
    this.#tokenSecret = options.tokenSecret;
    this.#open.on('changed', ({ roomId }) => this.#passOn(roomId));
  }

  /** A room for a new call. */
  open(): RoomId {
    return this.#rooms.create({}).room.id;
  }

  /** Rooms of calls are for who is in the call: their URL opens nothing, nor does any other token. */
  isOfCall(id: RoomId): boolean {
    return this.#watched.has(id);
  }

  idOf(idOrName: string): RoomId | undefined {
    return this.#rooms.find(idOrName)?.id;
  }

  /** Is what this token is for still on? Who was transferred away has one that has not run out. */
  accepts({ room, identity, isLeg }: Bearer): boolean {
    const id = this.idOf(room);
    const isOfCall = id !== undefined && this.isOfCall(id);
    const isExpected = isOfCall && (this.isIn(id, identity) || this.#isExpected(id, identity));
    return isLeg ? isExpected : !isOfCall;
  }

  has(id: RoomId): boolean {
    return this.#rooms.find(id) !== undefined;
  }

  isIn(id: RoomId, leg: string): boolean {
    return (this.#rooms.find(id)?.membersOf(leg).length ?? 0) > 0;
  }

  /** The way in for one side. Those with an account may record. */
  async admit(call: CallRecord, side: Side): Promise<CallAdmission> {
    const { leg, displayName, userId } = call[side];
    const { token } = await signJoinToken(
      {
        identity: leg,
        name: displayName,
        room: call.roomId,
        grants: { roomJoin: true, roomRecord: userId !== null },
        ttlSeconds: TOKEN_SECONDS,
        isLeg: true,
      },
      this.#tokenSecret,
      this.#clock.now(),
    );
    return { roomId: call.roomId, token };
  }

  /** Follows who comes and goes from now on. */
  watch(id: RoomId): void {
    const room = this.#rooms.find(id);
    if (!room || this.#watched.has(id)) return;
    this.#watched.set(id, room);
    room.on('memberJoined', (member) => this.#joined(room, member));
    room.on('memberLeft', (member, reason) => this.#left(room, member, reason));
  }

  /** Sends one side away, and ends the room if nobody needs it any more. */
  remove(id: RoomId, leg: string): void {
    const room = this.#rooms.find(id);
    for (const member of room?.membersOf(leg) ?? []) room?.leave(member, 'left');
    this.#awaited.delete(leg);
    this.settle(id);
  }

  /** The two are to be together soon. */
  expect(call: CallRecord): void {
    this.#expectWithin(call, TOGETHER_MS, 'failed');
  }

  /** The server was away: they may need a while to find it. */
  expectBack(call: CallRecord): void {
    this.#expectWithin(call, BACK_MS, 'interrupted');
  }

  /** Ends the room once nobody rings to come in and one is left alone. */
  settle(id: RoomId): void {
    const room = this.#watched.get(id);
    if (!room || this.#closed || this.#open.inRoom(id).length > 0) return;
    if (room.participantCount > 1) return;
    this.#watched.delete(id);
    this.#rooms.end(room);
  }

  /** Who came with this identity is back soon, or gone. */
  expectLeg(id: RoomId, leg: string): void {
    const absence = Symbol();
    this.#awaited.set(leg, absence);
    this.#clock.after(LEG_GRACE_MS, () => {
      if (this.#awaited.get(leg) === absence) this.#awaited.delete(leg);
      if (!this.#closed && !this.isIn(id, leg)) this.emit('legGone', id, leg);
    });
  }

  /** Nothing that happens to rooms from now on is anybody's doing. */
  close(): void {
    this.#closed = true;
  }

  #isExpected(id: RoomId, leg: string): boolean {
    const isOn = this.#open
      .inRoom(id)
      .some(({ caller, callee }) => caller.leg === leg || callee.leg === leg);
    return isOn || this.#awaited.has(leg);
  }

  /** Whoever goes leaves behind no rights to what is said, and recorded, from then on. */
  #passOn(id: RoomId): void {
    const room = this.#watched.get(id);
    const present = this.#open
      .inRoom(id)
      .flatMap(({ caller, callee, state }) => (state === 'active' ? [caller, callee] : [caller]))
      .flatMap(({ userId }) => userId ?? []);
    if (!room || this.#closed || (room.ownerId && present.includes(room.ownerId))) return;
    room.passTo(present[0] ?? null);
  }

  #expectWithin(
    { id, roomId, caller, callee }: CallRecord,
    withinMs: number,
    outcome: 'failed' | 'interrupted',
  ): void {
    this.#clock.after(withinMs, () => {
      const together = this.isIn(roomId, caller.leg) && this.isIn(roomId, callee.leg);
      if (!together && !this.#closed) this.emit('legMissing', id, outcome);
    });
  }

  /** Whoever went on elsewhere is here once; whoever was sent away on the way in is not. */
  #joined(room: Room, newcomer: Member): void {
    const { identity } = newcomer;
    if (identity === null) return;
    const before = room.membersOf(identity).filter((member) => member !== newcomer);
    if (before.length === 0 && !this.#isExpected(room.id, identity)) {
      room.leave(newcomer, 'expired');
    }
    for (const member of before) room.leave(member, 'replaced');
  }

  #left(room: Room, { identity }: Member, reason: LeaveReason): void {
    if (this.#closed || reason === 'shutdown' || reason === 'replaced') return;
    if (room.ended) this.#watched.delete(room.id);
    if (identity === null) this.emit('legGone', room.id, '');
    else if (reason === 'left') this.expectLeg(room.id, identity);
    else if (!this.isIn(room.id, identity)) this.emit('legGone', room.id, identity);
  }
}
