import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { aRecord } from '../../test/support/aRecord.ts';
import { newId } from '../protocol/ids.ts';
import type { RecordingFilter } from '../recordings/RecordingStore.ts';
import { Database } from './Database.ts';
import { SqlRecordings } from './SqlRecordings.ts';
import { SqlShares } from './SqlShares.ts';

let folder: string;
let database: Database;
let store: SqlRecordings;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'roomtone-recordings-'));
  database = await Database.open(join(folder, 'test.db'));
  store = new SqlRecordings(database);
});
afterEach(async () => {
  await database.close();
  rmSync(folder, { recursive: true, force: true });
});

const found = async (filter: RecordingFilter) =>
  (await store.list(filter, { limit: 100 })).map(({ id }) => id);

const share = (recordingId: ReturnType<typeof aRecord>['id'], secretHash: string) => ({
  id: newId('share'),
  recordingId,
  messageId: null,
  secretHash,
  lockHash: null,
  createdAt: 1,
  expiresAt: 2,
  revokedAt: null,
});

describe('SqlRecordings', () => {
  it('gives back what was put, word for word, and replaces it', async () => {
    const record = aRecord({ title: 'Größe ½ 🎉', tags: ["'; DROP TABLE recordings;--"] });
    await store.put(record);
    expect(await store.get(record.id)).toEqual(record);
    const renamed = { ...record, title: 'other' };
    await store.put(renamed);
    expect(await store.all()).toEqual([renamed]);
    await store.remove(record.id);
    expect(await store.get(record.id)).toBeUndefined();
    await store.remove(record.id);
  });

  it('replaces only what still is in the state it is thought to be in', async () => {
    const record = aRecord({ state: 'recording' });
    await store.put(record);
    const stopping = { ...record, state: 'stopping' as const };
    expect(await store.replace(stopping, 'paused')).toBe(false);
    expect(await store.get(record.id)).toEqual(record);
    const both = [store.replace(stopping, 'recording'), store.replace(stopping, 'recording')];
    expect(await Promise.all(both)).toEqual([true, false]);
    expect(await store.get(record.id)).toEqual(stopping);
    expect(await store.replace(aRecord(), 'requested')).toBe(false);
  });

  it('lists newest first, page by page', async () => {
    const records = Array.from({ length: 7 }, () => aRecord());
    for (const record of records) await store.put(record);
    const ids = records.map(({ id }) => id).toReversed();
    const first = await store.list({}, { limit: 3 });
    const second = await store.list({}, { limit: 3, before: first[2]!.id });
    const third = await store.list({}, { limit: 3, before: second[2]!.id });
    expect([first, second, third].flat().map(({ id }) => id)).toEqual(ids);
    expect((await store.all()).map(({ id }) => id)).toEqual(ids.toReversed());
  });

  it('filters by all that can be asked for', async () => {
    const here = { id: newId('room'), name: 'größe' };
    const there = { id: newId('room'), name: 'standup' };
    const owned = 'a'.repeat(64);
    const a = aRecord({ room: here, startedAt: 1_000, state: 'ready' });
    const b = aRecord({ room: there, startedAt: 2_000, ownerSecretHash: owned });
    const c = aRecord({ room: here, startedAt: 3_000, state: 'failed' });
    for (const record of [a, b, c]) await store.put(record);
    expect(await found({ room: 'größe' })).toEqual([c.id, a.id]);
    expect(await found({ room: here.id })).toEqual([c.id, a.id]);
    expect(await found({ roomId: there.id })).toEqual([b.id]);
    expect(await found({ state: 'ready' })).toEqual([a.id]);
    expect(await found({ from: 2_000 })).toEqual([c.id, b.id]);
    expect(await found({ to: 2_000 })).toEqual([b.id, a.id]);
    expect(await found({ from: 1_001, to: 2_999 })).toEqual([b.id]);
    expect(await found({ ownerSecretHash: owned })).toEqual([b.id]);
    expect(await found({ ownerSecretHash: owned, room: here.id })).toEqual([]);
  });

  it('looks into titles, rooms, tags and names, in any case', async () => {
    const person = {
      participantId: newId('part'),
      name: 'ÉMILIE Ångström',
      stays: [],
      consent: null,
    };
    const a = aRecord({ title: '100% done_ish', tags: ['Q4\\planning'], people: [person] });
    const b = aRecord({ title: null, room: { id: newId('room'), name: 'tagesschau' } });
    await store.put(a);
    await store.put(b);
    for (const q of ['100%', 'DONE_', 'q4\\p', 'émilie', 'ÅNGSTRÖM', 'a\u030angstro\u0308m']) {
      expect(await found({ q })).toEqual([a.id]);
    }
    expect(await found({ q: 'TagesSchau' })).toEqual([b.id]);
    // Letters that would mean something else to a pattern.
    for (const q of ['1%e', 'd_ne']) expect(await found({ q })).toEqual([]);
    expect(await found({ q: '%' })).toEqual([a.id]);
    expect(await found({ q: "'" })).toEqual([]);
    // What is left of a name when it is changed.
    await store.put({ ...a, title: 'other' });
    expect(await found({ q: '100%' })).toEqual([]);
  });

  it('finds pages of many by an index', async () => {
    const plans = [
      sql`EXPLAIN QUERY PLAN SELECT record FROM recordings WHERE room_id = 'x' AND id < 'y' ORDER BY id DESC LIMIT 5`,
      sql`EXPLAIN QUERY PLAN SELECT record FROM recordings WHERE owner_secret_hash = 'x' ORDER BY id DESC LIMIT 5`,
    ];
    for (const plan of plans) {
      const { rows } = await plan.execute(database.sql);
      expect(JSON.stringify(rows)).toMatch(/USING INDEX/);
      expect(JSON.stringify(rows)).not.toMatch(/TEMP B-TREE/);
    }
  });

  it('leaves out rows that cannot be read', async () => {
    const record = aRecord();
    await store.put(record);
    await store.put(aRecord());
    await sql`UPDATE recordings SET record = '{"half": ' WHERE id <> ${record.id}`.execute(
      database.sql,
    );
    expect(await store.all()).toEqual([record]);
    expect(await store.list({}, { limit: 9 })).toEqual([record]);
  });
});

describe('SqlShares', () => {
  it('finds by hash, lists and revokes, once and for all', async () => {
    const shares = new SqlShares(database);
    const record = aRecord();
    const other = aRecord();
    await store.put(record);
    await store.put(other);
    const a = share(record.id, 'a');
    const b = share(record.id, 'b');
    for (const one of [a, b, share(other.id, 'c')]) await shares.put(one);
    expect(await shares.find('a')).toEqual(a);
    expect(await shares.find('x')).toBeUndefined();
    expect(await shares.list(record.id)).toEqual([a, b]);
    expect(await shares.revoke(other.id, a.id, 5)).toBe(false);
    expect(await shares.revoke(record.id, a.id, 5)).toBe(true);
    expect(await shares.revoke(record.id, a.id, 9)).toBe(true);
    expect(await shares.find('a')).toEqual({ ...a, revokedAt: 5 });
    await shares.removeOf(record.id);
    expect(await shares.list(record.id)).toEqual([]);
    expect(await shares.find('c')).toBeDefined();
  });

  it('outlives changes of its recording, not the recording', async () => {
    const shares = new SqlShares(database);
    const record = aRecord();
    await store.put(record);
    await shares.put(share(record.id, 'a'));
    await store.put({ ...record, title: 'other' });
    expect(await shares.find('a')).toBeDefined();
    await store.remove(record.id);
    expect(await shares.find('a')).toBeUndefined();
    await expect(shares.put(share(record.id, 'b'))).rejects.toThrow(/FOREIGN KEY/);
  });
});
