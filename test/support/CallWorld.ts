import { join } from 'node:path';
import { pino } from 'pino';
import type { Account } from '../../server/accounts/Account.ts';
import { createPeople, type People } from '../../server/accounts/People.ts';
import { readJoinToken } from '../../server/accounts/tokens.ts';
import { FakeClock } from '../../server/base/FakeClock.ts';
import { createCalls, type Calls, type CallsOptions } from '../../server/calls/createCalls.ts';
import type { CallAdmission, CallState } from '../../server/protocol/calls.ts';
import type { CallId } from '../../server/protocol/ids.ts';
import type { Notification } from '../../server/protocol/signaling.ts';
import type { Registration } from '../../server/calls/Registrar.ts';
import { RoomRegistry } from '../../server/rooms/RoomRegistry.ts';
import { Database } from '../../server/storage/Database.ts';
import { peopleStores } from '../../server/storage/peopleStores.ts';
import { SqlCallPlans } from '../../server/storage/SqlCallPlans.ts';
import { SqlCalls } from '../../server/storage/SqlCalls.ts';
import { SqlMailboxes } from '../../server/storage/SqlMailboxes.ts';
import { SqlMessages } from '../../server/storage/SqlMessages.ts';
import { SqlRooms } from '../../server/storage/SqlRooms.ts';
import { Mailboxes } from '../../server/voicemail/Mailboxes.ts';
import { FakePool } from './FakePool.ts';
import { StandIn } from './StandIn.ts';

const TOKEN_SECRET = Buffer.alloc(32, 7);
const NAMES = ['ana', 'bob', 'cara'] as const;

/** Somebody's page: what it heard of each call. */
interface Page {
  readonly registration: Registration;
  readonly heard: Map<CallId, CallState[]>;
}

/** Somebody in the room of a call, with the way in they used. */
interface Talker {
  readonly admission: CallAdmission;
  member: StandIn | undefined;
}

/** People who call each other: the real service, database and rooms. Time is turned by hand. */
export class CallWorld {
  readonly #folder: string;
  clock: FakeClock;
  accounts: readonly Account[] = [];
  pages: readonly Page[] = [];
  readonly guests = new Map<CallId, CallState[]>();
  readonly #ids: CallId[] = [];
  readonly #winners = new Map<CallId, number>();
  #talkers: Talker[] = [];
  #parts: Parts;

  static async create(folder: string): Promise<CallWorld> {
    const world = new CallWorld(folder, await open(folder, new FakeClock()));
    for (const name of NAMES) await world.#parts.people.accounts.create({ name });
    await world.#register();
    return world;
  }

  private constructor(folder: string, parts: Parts) {
    this.#folder = folder;
    this.#parts = parts;
    this.clock = parts.clock;
  }

  get calls(): Calls {
    return this.#parts.calls;
  }

  any(n: number): CallId | undefined {
    return this.#ids[n % Math.max(1, this.#ids.length)];
  }

  user(n: number): Account {
    return this.accounts[n % this.accounts.length]!;
  }

  async place(from: number | undefined, to: number): Promise<CallState> {
    const account = from === undefined ? undefined : this.user(from);
    const placed = await this.calls.service.place(
      { account, displayName: account?.displayName ?? 'Greta' },
      this.user(to).name,
      false,
    );
    const { call } = placed;
    this.#ids.push(call.id);
    if (!account) {
      const heard = [this.calls.service.stateOf(call, 'caller')];
      this.guests.set(call.id, heard);
      this.calls.service.attachGuest(call, {
        notify: ({ name, data }) => {
          if (name === 'callChanged') this.#hear(this.guests, data);
        },
      });
    }
    if (placed.admission) await this.#enter(placed.admission);
    return this.calls.service.stateOf(call, 'caller');
  }

  /** On all of somebody's pages in the same moment; resolves with how many of them won. */
  async answerEverywhere(user: number, id: CallId, devices: number): Promise<number> {
    const tries = Array.from({ length: devices }, () =>
      this.calls.service.answer(this.user(user).id, id),
    );
    const results = await Promise.allSettled(tries);
    const won = results.filter((result) => result.status === 'fulfilled');
    this.#winners.set(id, (this.#winners.get(id) ?? 0) + won.length);
    for (const { value } of won) await this.#enter(value.admission);
    return won.length;
  }

  leave(n: number, reason: 'left' | 'gone'): void {
    const here = this.#talkers.filter(({ member }) => member && !member.closedFor);
    const talker = here[n % Math.max(1, here.length)];
    if (!talker?.member) return;
    this.#parts.rooms.find(talker.admission.roomId)?.leave(talker.member, reason);
  }

  /** Whoever is out comes in again, with the way in they had. */
  async comeBack(n: number): Promise<void> {
    const out = this.#talkers.filter(({ member }) => member?.closedFor);
    const talker = out[n % Math.max(1, out.length)];
    if (talker) await this.#enterAs(talker);
  }

  async restart({ comeBack }: { comeBack: boolean }): Promise<void> {
    const { calls, rooms, database } = this.#parts;
    await calls.close();
    rooms.close();
    await database.close();
    this.#parts = await open(this.#folder, this.clock);
    await this.#register();
    if (!comeBack) return;
    for (const talker of this.#talkers) {
      if (talker.member?.closedFor === 'shutdown') await this.#enterAs(talker);
    }
  }

  /** What holds whatever happened. */
  async check(): Promise<void> {
    await this.calls.service.settled();
    if (this.#parts.mishaps.length > 0) throw new Error(this.#parts.mishaps.join());
    await this.#checkRecords();
    for (const page of this.pages) checkOrder(page.heard);
    checkOrder(this.guests);
    for (const [id, winners] of this.#winners) {
      if (winners > 1) throw new Error(`${id} was answered ${winners} times`);
    }
    this.#checkRooms();
  }

  async close(): Promise<void> {
    await this.#parts.calls.close();
    this.#parts.rooms.close();
    await this.#parts.database.close();
  }

  async #checkRecords(): Promise<void> {
    const all = await this.calls.history.list({ limit: 1000 });
    const now = this.clock.now();
    for (const call of all) {
      const { state, outcome, answeredAt, endedAt, startedAt, ringUntil } = call;
      const isTrue =
        (state === 'ended') === (outcome !== null) &&
        (state === 'ended') === (endedAt !== null) &&
        (state === 'ringing') === (ringUntil !== null) &&
        (state !== 'active' || answeredAt !== null) &&
        (endedAt === null || endedAt >= (answeredAt ?? startedAt)) &&
        (outcome !== 'completed' || answeredAt !== null) &&
        (ringUntil === null || ringUntil > now);
      if (!isTrue) throw new Error(`not true: ${JSON.stringify(call)}`);
    }
    const open = this.accounts.flatMap(({ id }) => this.calls.service.openOf(id));
    const known = new Map(open.map(({ id, state }) => [id, state]));
    const written = new Map(
      all.filter(({ state }) => state !== 'ended').map(({ id, state }) => [id, state]),
    );
    for (const id of new Set([...known.keys(), ...written.keys()])) {
      const [here, there] = [known.get(id) ?? 'ended', written.get(id) ?? 'ended'];
      if (here !== there) throw new Error(`${id} is ${here}, and ${there} on disk`);
    }
  }

  /** Nobody waits alone in a room for nothing. */
  #checkRooms(): void {
    const inUse = new Set(
      this.accounts.flatMap(({ id }) => this.calls.service.openOf(id)).map(({ roomId }) => roomId),
    );
    for (const { member, admission } of this.#talkers) {
      const room = this.#parts.rooms.find(admission.roomId);
      if (!member || member.closedFor || !room || inUse.has(room.id)) continue;
      if (room.participantCount < 2) throw new Error(`${room.id} was left open`);
    }
  }

  async #register(): Promise<void> {
    this.accounts = await this.#parts.people.accounts.all();
    this.pages = this.accounts.flatMap((account) => [this.#page(account), this.#page(account)]);
  }

  #page({ id }: Account): Page {
    const heard = new Map<CallId, CallState[]>();
    const registration: Registration = {
      userId: id,
      signInId: 'signin_1',
      active: true,
      notify: (notification: Notification) => {
        if (notification.name === 'callChanged') this.#hear(heard, notification.data);
      },
      close: () => undefined,
    };
    this.calls.registrar.add(registration);
    return { registration, heard };
  }

  #hear(heard: Map<CallId, CallState[]>, call: CallState): void {
    heard.set(call.id, [...(heard.get(call.id) ?? []), call]);
    if (!this.#ids.includes(call.id)) this.#ids.push(call.id);
  }

  async #enter(admission: CallAdmission): Promise<void> {
    const talker: Talker = { admission, member: undefined };
    this.#talkers.push(talker);
    await this.#enterAs(talker);
  }

  async #enterAs(talker: Talker): Promise<void> {
    const { roomId, token } = talker.admission;
    const room = this.#parts.rooms.find(roomId);
    if (!room) return;
    const { identity, name } = await readJoinToken(token, TOKEN_SECRET, this.clock.now());
    const member = new StandIn(name, { identity });
    try {
      await this.#parts.rooms.enter(room, { evenIfLocked: true }, () => Promise.resolve(member));
      talker.member = member;
    } catch {
      // The room has ended meanwhile.
    }
  }
}

const ORDER = ['ringing', 'active', 'ended'];

/** A page hears of a call that rings, is talked in and ends, in this order and of one end. */
const checkOrder = (heard: ReadonlyMap<CallId, readonly CallState[]>): void => {
  for (const [id, states] of heard) {
    const steps = states.map(({ state }) => ORDER.indexOf(state));
    if (steps.some((step, i) => step < (steps[i - 1] ?? 0))) {
      throw new Error(`${id} went back: ${states.map(({ state }) => state).join()}`);
    }
    const ends = new Set(states.flatMap(({ outcome }) => outcome ?? []));
    if (ends.size > 1) throw new Error(`${id} ended twice: ${[...ends].join()}`);
  }
};

interface Parts {
  readonly database: Database;
  readonly rooms: RoomRegistry;
  readonly people: People;
  readonly calls: Calls;
  readonly clock: FakeClock;
  /** What was logged as an error: nothing should be. */
  readonly mishaps: readonly string[];
}

const nobody = (): Promise<boolean> => Promise.resolve(false);

const noMessages = (): never => {
  throw new Error('No messages are left here');
};
const noVoicemail: CallsOptions['voicemail'] = {
  leave: noMessages,
  draft: noMessages,
  listen: noMessages,
  pickUp: noMessages,
  ofMailbox: () => [],
  inRoom: () => undefined,
};

const open = async (folder: string, clock: FakeClock): Promise<Parts> => {
  const mishaps: string[] = [];
  const logger = pino({ level: 'error' }, { write: (line) => mishaps.push(line) });
  const database = await Database.open(join(folder, 'calls.db'));
  const store = new SqlRooms(database);
  const rooms = new RoomRegistry({ pool: new FakePool(), store, clock, logger });
  const people = createPeople({
    stores: peopleStores(database),
    clock,
    logger,
    timeZone: 'UTC',
  });
  const calls = createCalls({
    ...people,
    rooms,
    voicemail: noVoicemail,
    mailboxes: new Mailboxes({
      store: new SqlMessages(database),
      mailboxes: new SqlMailboxes(database),
      accounts: people.accounts,
      recordings: { delete: () => Promise.resolve() },
      clock,
      logger,
    }),
    stores: { calls: new SqlCalls(database), plans: new SqlCallPlans(database) },
    notices: { reaches: nobody, ring: nobody, stop: nobody },
    tokenSecret: TOKEN_SECRET,
    clock,
    logger,
  });
  await rooms.load();
  await calls.service.recover();
  return { database, rooms, people, calls, clock, mishaps };
};
