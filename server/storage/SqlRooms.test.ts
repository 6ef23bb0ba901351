import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { newId } from '../protocol/ids.ts';
import type { RoomRecord } from '../rooms/RoomStore.ts';
import { Database } from './Database.ts';
import { SqlApiKeys } from './SqlApiKeys.ts';
import { SqlRooms } from './SqlRooms.ts';

let folder: string;
let database: Database;
const open = () => Database.open(join(folder, 'test.db'));
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'roomtone-rooms-'));
  database = await open();
});
afterEach(async () => {
  await database.close();
  rmSync(folder, { recursive: true, force: true });
});

const room = (name: string): RoomRecord => ({
  id: newId('room'),
  name,
  createdAt: 1_767_225_600_123,
  ownerSecretHash: Buffer.from([0x00, 0xff, 0x27, 0x22]),
  ownerId: newId('user'),
  locked: true,
  listed: false,
  recording: {
    allowed: 'everybody',
    automatic: true,
    consent: true,
    keepDays: 30,
    keepBytes: 1e12,
  },
});

it('keeps rooms over a restart', async () => {
  const a = room('größe');
  const b = room('b');
  const rooms = new SqlRooms(database);
  await rooms.put(a);
  await rooms.put(b);
  const changed = { ...a, locked: false, listed: true };
  await rooms.put(changed);
  await database.close();
  database = await open();
  const after = new SqlRooms(database);
  expect(await after.all()).toEqual([changed, b]);
  await after.remove(a.id);
  await after.remove(a.id);
  expect(await after.all()).toEqual([b]);
});

it('keeps API keys over a restart', async () => {
  const key = {
    id: newId('key'),
    name: "O'Brien; --",
    scopes: ['rooms:read', 'recordings:write'] as const,
    secretHash: 'ab'.repeat(32),
    createdAt: 5,
    lastUsedAt: null,
    expiresAt: 9,
  };
  await new SqlApiKeys(database).put(key);
  await database.close();
  database = await open();
  const keys = new SqlApiKeys(database);
  expect(await keys.find(key.secretHash)).toEqual(key);
  expect(await keys.find('x')).toBeUndefined();
  await keys.used(key.id, 7);
  expect(await keys.all()).toEqual([{ ...key, lastUsedAt: 7 }]);
  expect(await keys.remove(key.id)).toBe(true);
  expect(await keys.remove(key.id)).toBe(false);
  await keys.used(key.id, 8);
});
