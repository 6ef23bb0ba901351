import { noRooms } from '../../test/support/noRooms.ts';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { FakePool } from '../../test/support/FakePool.ts';
import { silentLogger } from '../../test/support/mediaWorker.ts';
import { StandIn } from '../../test/support/StandIn.ts';
import { AppError } from '../base/AppError.ts';
import { FakeClock } from '../base/FakeClock.ts';
import { newId } from '../protocol/ids.ts';
import type { Room } from './Room.ts';
import { RoomRegistry } from './RoomRegistry.ts';

const HOUR = 3_600_000;
const newcomer = { evenIfLocked: false };

let clock: FakeClock;
let pool: FakePool;
let rooms: RoomRegistry;

const create = (name?: string): Room => rooms.create({ name }).room;
const enter = (room: Room, member = new StandIn()): Promise<StandIn> =>
  rooms.enter(room, newcomer, () => Promise.resolve(member));
/** Lets all that is ready to happen happen. */
const settle = () => new Promise((resolve) => setImmediate(resolve));

beforeEach(() => {
  clock = new FakeClock();
  pool = new FakePool();
  rooms = new RoomRegistry({ pool, store: noRooms, clock, logger: silentLogger });
  return () => rooms.close();
});

describe('a room', () => {
  test('is found by id and by any spelling of its name', () => {
    const room = create('Café');
    expect(rooms.find(room.id)).toBe(room);
    expect(rooms.find('CAFE\u0301')).toBe(room);
    expect(rooms.find('cafe')).toBeUndefined();
    expect(rooms.find(newId('room'))).toBeUndefined();
    expect(() => create('café')).toThrow(expect.objectContaining({ code: 'wrong_state' }));
  });

  test('without a name gets one that nobody can guess', () => {
    expect(create().name).not.toBe(create().name);
  });

  test.each(['ROOM_1', 'a½', 'ﬃ'.repeat(40)])('cannot be called %s', (name) => {
    expect(() => create(name)).toThrow(expect.objectContaining({ code: 'bad_request' }));
  });

  test('keeps its owner while it is empty, for a day', async () => {
    const { room, ownerSecret } = rooms.create({ name: 'den' });
    const member = await enter(room);
    clock.advance(30 * HOUR);
    expect(rooms.find('den')).toBe(room);
    room.leave(member, 'left');
    clock.advance(23 * HOUR);
    expect(rooms.find('den')?.isOwner(ownerSecret)).toBe(true);
    clock.advance(2 * HOUR);
    expect(rooms.find('den')).toBeUndefined();
    expect(rooms.all()).toEqual([]);
  });

  test('that was started by joining is forgotten when its starter never got in', async () => {
    pool.held = true;
    const { room } = rooms.create({ name: 'den', provisional: true });
    const failing = [enter(room), enter(room)];
    pool.fail(new AppError('unavailable', 'none'));
    for (const entry of failing) await expect(entry).rejects.toMatchObject({ code: 'unavailable' });
    expect(rooms.find('den')).toBeUndefined();
  });

  test('that was started by joining stays once its starter was heard', async () => {
    const { room } = rooms.create({ name: 'den', provisional: true });
    const member = await enter(room);
    rooms.keep(room);
    room.leave(member, 'left');
    expect(rooms.find('den')).toBe(room);
  });

  test('past the limit takes the place of the longest empty one, never of one with people', async () => {
    const full = create('full');
    await enter(full);
    const oldest = create('oldest');
    for (let n = 0; n < 9_998; n += 1) create(`r${n}`);
    create('one-more');
    expect(rooms.find(full.id)).toBe(full);
    expect(rooms.find(oldest.id)).toBeUndefined();
    expect(rooms.find('r0')).toBeDefined();
    expect(rooms.all()).toHaveLength(10_000);
  });
});

describe('media', () => {
  test('is opened once for all who arrive together, and closed with the last', async () => {
    const room = create();
    const members = await Promise.all(Array.from({ length: 50 }, () => enter(room)));
    expect(pool.opened).toHaveLength(1);
    for (const member of members.slice(1)) room.leave(member, 'left');
    expect(pool.opened[0]!.closed).toBe(false);
    room.leave(members[0]!, 'left');
    expect(pool.opened[0]!.closed).toBe(true);
    expect(room.media).toBeUndefined();
    await enter(room);
    expect(pool.opened).toHaveLength(2);
  });

  test('is closed when nobody gets in', async () => {
    const room = create();
    const failing = rooms.enter(room, newcomer, () => Promise.reject(new Error('no')));
    await expect(failing).rejects.toThrow('no');
    expect(pool.opened[0]!.closed).toBe(true);
  });

  test('that dies under somebody who comes in is replaced, and the member built again', async () => {
    const room = create();
    const built: StandIn[] = [];
    const entering = rooms.enter(room, newcomer, async () => {
      const member = new StandIn();
      built.push(member);
      if (built.length === 1) pool.opened[0]!.emit('lost');
      return Promise.resolve(member);
    });
    const member = await entering;
    expect(built).toHaveLength(2);
    expect(built[0]!.closedFor).toBe('gone');
    expect(member).toBe(built[1]);
    expect(room.media).toBe(pool.opened[1]);
    expect(room.participants()).toMatchObject([{ id: member.id }]);
  });

  test('that dies takes everybody along to the next, nobody leaves', async () => {
    const room = create();
    const members = [await enter(room), await enter(room)];
    pool.opened[0]!.emit('lost');
    await vi.waitUntil(() => pool.opened.length === 2 && room.media);
    for (const member of members) {
      expect(member.movedTo).toEqual([pool.opened[1]]);
      expect(member.news()).not.toContain('participantLeft');
      expect(member.closedFor).toBeUndefined();
    }
  });

  test('is asked for again while there is none', async () => {
    const room = create();
    const member = await enter(room);
    pool.held = true;
    pool.opened[0]!.emit('lost');
    for (let tries = 0; tries < 3; tries += 1) {
      expect(pool.asked).toBe(2);
      pool.fail(new AppError('unavailable', 'none'));
      await settle();
      expect(pool.asked).toBe(1);
      clock.advance(1_000);
    }
    pool.release();
    await settle();
    expect(member.movedTo).toEqual([room.media]);
  });

  test('that arrives after everybody left is closed', async () => {
    const room = create();
    const member = await enter(room);
    pool.held = true;
    pool.opened[0]!.emit('lost');
    room.leave(member, 'left');
    pool.release();
    await settle();
    expect(pool.opened[1]!.closed).toBe(true);
    expect(room.media).toBeUndefined();
  });
});

describe('the end', () => {
  test('of a room frees its name, sends everybody away and turns away who is arriving', async () => {
    const room = create('den');
    const member = await enter(room);
    const { promise, resolve } = Promise.withResolvers<StandIn>();
    const late = new StandIn();
    const entering = rooms.enter(room, newcomer, () => promise);
    await settle();
    rooms.end(room);
    resolve(late);
    await expect(entering).rejects.toMatchObject({ code: 'not_found' });
    expect(late.closedFor).toBe('gone');
    expect(member.closedFor).toBe('ended');
    expect(pool.opened[0]!.closed).toBe(true);
    expect(create('den')).not.toBe(room);
    await expect(enter(room)).rejects.toMatchObject({ code: 'not_found' });
  });

  test('of the server tells everybody to come back', async () => {
    const room = create();
    const member = await enter(room);
    rooms.close();
    expect(member.closedFor).toBe('shutdown');
    expect(pool.opened[0]!.closed).toBe(true);
    await expect(enter(create())).rejects.toMatchObject({ code: 'unavailable' });
  });

  test('a room that is locked while somebody arrives stays shut', async () => {
    const room = create();
    await enter(room);
    const { promise, resolve } = Promise.withResolvers<StandIn>();
    const late = new StandIn();
    const entering = rooms.enter(room, newcomer, () => promise);
    await settle();
    room.update({ locked: true });
    resolve(late);
    await expect(entering).rejects.toMatchObject({ code: 'room_locked' });
    expect(late.closedFor).toBe('gone');
    await rooms.enter(room, { evenIfLocked: true }, () => Promise.resolve(new StandIn()));
  });
});
