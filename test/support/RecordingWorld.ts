import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { FakeClock } from '../../server/base/FakeClock.ts';
import { createTapes } from '../../server/media/journal/createTapes.ts';
import type { RecordingId } from '../../server/protocol/ids.ts';
import { readRecord, type RecordingRecord } from '../../server/recordings/RecordingRecord.ts';
import { RecordingService } from '../../server/recordings/RecordingService.ts';
import { RecordingShares } from '../../server/recordings/RecordingShares.ts';
import { isFinishing, isLive } from '../../server/recordings/states.ts';
import type { Room } from '../../server/rooms/Room.ts';
import { RoomRegistry } from '../../server/rooms/RoomRegistry.ts';
import { Database } from '../../server/storage/Database.ts';
import { DiskVault } from '../../server/storage/DiskVault.ts';
import { SqlErasures } from '../../server/storage/SqlErasures.ts';
import { SqlRecordings } from '../../server/storage/SqlRecordings.ts';
import { SqlRenders } from '../../server/storage/SqlRenders.ts';
import { SqlRooms } from '../../server/storage/SqlRooms.ts';
import { SqlShares } from '../../server/storage/SqlShares.ts';
import { FakePool } from './FakePool.ts';
import { silentLogger } from './mediaWorker.ts';
import { StandIn } from './StandIn.ts';
import { HeldFinisher } from './HeldFinisher.ts';
import { waitFor } from './waitFor.ts';
import { StandInRenderer } from './StandInRenderer.ts';

/**
 * One room and all that keeps its recordings: the real service, database, folders and tapes. The
 * media has no tracks, the clock is turned by hand, and finishing takes as long as the test says.
 */
export class RecordingWorld {
  readonly #folder: string;
  readonly clock = new FakeClock();
  readonly #deleted = new Set<RecordingId>();
  #seen: RecordingId[] = [];
  #people: StandIn[] = [];
  /** Called when the room is told of a recording. */
  #told: () => void = () => undefined;
  #pool = new FakePool();
  finisher = new HeldFinisher();
  #database: Database;
  #store: SqlRecordings;
  #rooms: RoomRegistry;
  #room: Room;
  service: RecordingService;

  static async create(folder: string): Promise<RecordingWorld> {
    const parts = await open(folder, new FakeClock(), new FakePool(), new HeldFinisher());
    parts.rooms.create({ name: 'world' });
    return new RecordingWorld(folder, parts);
  }

  private constructor(folder: string, parts: Parts) {
    this.#folder = folder;
    this.clock = parts.clock;
    this.#pool = parts.pool;
    this.finisher = parts.finisher;
    this.#database = parts.database;
    this.#store = parts.store;
    this.#rooms = parts.rooms;
    this.service = parts.service;
    this.#room = parts.rooms.find('world')!;
  }

  async join(): Promise<void> {
    const person = new StandIn(`Person ${this.#people.length}`);
    person.onNotify = ({ name }) => {
      if (name === 'recordingChanged') this.#told();
    };
    await this.#rooms.enter(this.#room, { evenIfLocked: true }, () => Promise.resolve(person));
    this.#people.push(person);
  }

  leave(): void {
    const person = this.#people.pop();
    if (person) this.#room.leave(person, 'left');
  }

  async start(): Promise<void> {
    const { id } = await this.service.start(this.#room, { name: 'Ana' });
    this.#see(id);
  }

  async stopRunning(): Promise<void> {
    const status = this.service.statusOf(this.#room);
    if (status) await this.service.stop(status.id);
  }

  /** Stops it as soon as there is something to stop. */
  async stopWhileStarting(): Promise<void> {
    const starting = this.start();
    const told = new Promise<void>((resolve) => {
      this.#told = resolve;
    });
    await Promise.race([told, starting]);
    await Promise.all([starting, this.stopRunning()]);
  }

  async delete(id: RecordingId): Promise<void> {
    await this.service.delete(id);
    this.#deleted.add(id);
  }

  automatic(automatic: boolean): void {
    this.#room.update({ recording: { automatic } });
  }

  loseMedia(): void {
    this.#room.media?.emit('lost');
  }

  /** Lets time go on, and what falls due be done. */
  pass(ms: number): void {
    this.clock.advance(ms);
  }

  /** One of the recordings that ever were. */
  any(n: number): RecordingId | undefined {
    return this.#seen[n % Math.max(1, this.#seen.length)];
  }

  /** Killed in the middle of whatever it does: nothing is told, nothing is finished. */
  async crash(): Promise<void> {
    const store = await this.#store.all();
    const manifests = store.map(({ id }) => this.#manifest(id));
    // A process that dies leaves its folders as they are: put them back after the orderly end.
    await this.#closeParts();
    await this.#rewind(manifests);
    await this.#reopen();
  }

  async restart(): Promise<void> {
    await this.#closeParts();
    await this.#reopen();
  }

  /** Everybody leaves, all that is due is done. */
  async settle(): Promise<void> {
    this.automatic(false);
    while (this.#people.length > 0) this.leave();
    this.pass(11_000);
    await waitFor(
      'all recordings are done',
      () => {
        this.finisher.finishOne();
        return this.unsettled();
      },
      (states) => states.length === 0,
      { everyMs: 1, timeoutMs: 3_000 },
    );
  }

  async unsettled(): Promise<string[]> {
    const records = await this.#store.all();
    return records
      .filter(({ state }) => state !== 'ready' && state !== 'failed')
      .map(({ state }) => state);
  }

  /** What must be true once nothing is under way. */
  async check(people: number): Promise<void> {
    await waitFor(
      'every rule holds',
      () => this.#broken(people),
      (broken) => broken.length === 0,
      {
        everyMs: 1,
        timeoutMs: 3_000,
      },
    );
  }

  async close(): Promise<void> {
    await this.#closeParts();
  }

  async #broken(people: number): Promise<string[]> {
    const broken: string[] = [];
    const rule = (holds: boolean, otherwise: string): void => {
      if (!holds) broken.push(otherwise);
    };
    const records = await this.#store.all();
    for (const { id } of records) this.#see(id);
    const live = records.filter(({ state }) => isLive(state));
    const status = this.service.statusOf(this.#room);
    rule(live.length <= 1, `${live.length} recordings run in one room`);
    rule((status?.id ?? null) === (live[0]?.id ?? null), 'the room is told of another recording');
    rule(
      !live.some(({ state }) => state !== 'recording' && state !== 'paused'),
      'it is on its way',
    );
    const inRoom = this.#room.participants().length;
    rule(inRoom === people, `${inRoom} people are seen, ${people} are there`);
    const folders = readdirSync(join(this.#folder, 'recordings')).filter((name) =>
      name.startsWith('rec_'),
    );
    const ids = records.map(({ id }) => id);
    rule(folders.toSorted().join() === ids.toSorted().join(), 'folders and rows differ');
    for (const record of records) this.#checkRecord(record, rule);
    for (const id of this.#deleted) rule(!ids.includes(id), `${id} is back`);
    return broken;
  }

  #checkRecord(record: RecordingRecord, rule: (holds: boolean, otherwise: string) => void): void {
    const { id, state, endedAt, stopReason, files, failure } = record;
    const manifest = this.#manifest(id);
    rule(JSON.stringify(manifest) === JSON.stringify(record), `${id}: manifest and row differ`);
    rule(isLive(state) || endedAt !== null || stopReason === 'crash', `${state} without an end`);
    rule(state !== 'ready' || files.length > 0, 'ready without files');
    rule((state === 'failed') === (failure !== null), `${state} and yet ${String(failure)}`);
    rule(!isFinishing(state) || this.finisher.isBusyWith(id), `nobody finishes ${id}`);
    rule(!isLive(state) || !this.finisher.isBusyWith(id), 'finished while it runs');
  }

  #manifest(id: RecordingId): RecordingRecord | undefined {
    const path = join(this.#folder, 'recordings', id, 'manifest.json');
    return existsSync(path) ? readRecord(readFileSync(path, 'utf8')) : undefined;
  }

  #see(id: RecordingId): void {
    if (!this.#seen.includes(id)) this.#seen.push(id);
  }

  async #rewind(manifests: (RecordingRecord | undefined)[]): Promise<void> {
    const vault = await DiskVault.create(join(this.#folder, 'recordings'));
    for (const manifest of manifests) if (manifest) await vault.save(manifest);
  }

  async #closeParts(): Promise<void> {
    await this.service.close();
    this.#rooms.close();
    await this.#database.close();
    this.#people = [];
  }

  async #reopen(): Promise<void> {
    this.finisher = new HeldFinisher();
    this.#pool = new FakePool();
    const parts = await open(this.#folder, this.clock, this.#pool, this.finisher);
    this.#database = parts.database;
    this.#store = parts.store;
    this.#rooms = parts.rooms;
    this.service = parts.service;
    await parts.rooms.load();
    await parts.service.recover();
    this.#room = parts.rooms.find('world')!;
  }
}

interface Parts {
  readonly clock: FakeClock;
  readonly pool: FakePool;
  readonly finisher: HeldFinisher;
  readonly database: Database;
  readonly store: SqlRecordings;
  readonly rooms: RoomRegistry;
  readonly service: RecordingService;
}

const open = async (
  folder: string,
  clock: FakeClock,
  pool: FakePool,
  finisher: HeldFinisher,
): Promise<Parts> => {
  const logger = silentLogger;
  const recordingsDir = join(folder, 'recordings');
  const database = await Database.open(join(folder, 'roomtone.db'));
  const store = new SqlRecordings(database);
  const rooms = new RoomRegistry({ pool, store: new SqlRooms(database), clock, logger });
  const service = new RecordingService({
    rooms,
    store,
    vault: await DiskVault.create(recordingsDir),
    shares: new RecordingShares({ store: new SqlShares(database), recordings: store, clock }),
    erasures: new SqlErasures(database),
    openTape: createTapes({ recordingsDir, clock, logger }),
    finisher,
    clock,
    logger,
    retention: { keepDays: null, keepBytes: null },
    maxLengthMs: 3_600_000,
    rendering: {
      renderer: new StandInRenderer(recordingsDir),
      store: new SqlRenders(database),
      atOnce: 1,
      automatic: false,
    },
  });
  return { clock, pool, finisher, database, store, rooms, service };
};
