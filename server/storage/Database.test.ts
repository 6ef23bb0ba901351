import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { sql, type Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { waitFor } from '../../test/support/waitFor.ts';
import { Database } from './Database.ts';
import { ExclusiveLock } from './ExclusiveLock.ts';
import { MIGRATIONS } from './migrations/all.ts';
import { SqlRooms } from './SqlRooms.ts';

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'roomtone-database-'));
  path = join(folder, 'below', 'roomtone.db');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const pragma = async (database: Database, name: string): Promise<unknown> => {
  const { rows } = await sql.raw<Record<string, unknown>>(`PRAGMA ${name}`).execute(database.sql);
  return Object.values(rows[0]!)[0];
};

/** Names of all tables and indices, and which migrations were done. */
const schemaOf = (): unknown => {
  const raw = new Sqlite(path, { readonly: true });
  const schema = raw.prepare('SELECT name, sql FROM sqlite_master ORDER BY name').all();
  const done = raw.prepare('SELECT name FROM kysely_migration ORDER BY name').all();
  raw.close();
  return { schema, done };
};

const table = (name: string): Migration => ({
  up: (db: Kysely<unknown>) => db.schema.createTable(name).addColumn('a', 'text').execute(),
});

describe('Database', () => {
  it('keeps what was committed, through power cuts too, for nobody else to read', async () => {
    const database = await Database.open(path);
    expect(await pragma(database, 'journal_mode')).toBe('wal');
    expect(await pragma(database, 'synchronous')).toBe(2);
    expect(await pragma(database, 'foreign_keys')).toBe(1);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(statSync(`${path}-wal`).mode & 0o777).toBe(0o600);
    await database.close();
    await database.close();
  });

  it('takes the URL of a file', async () => {
    await (await Database.open(`sqlite:${path}`)).close();
    await (await Database.open(`sqlite://${path}`)).close();
    expect(statSync(path).size).toBeGreaterThan(0);
  });

  it.each(['postgres://user:sesame@host/db', 'postgresql://host/db'])(
    'says that it cannot use %s',
    async (url) => {
      const refused = Database.open(url);
      await expect(refused).rejects.toThrow(/^DATABASE_URL: PostgreSQL is not served/);
      await expect(refused).rejects.not.toThrow(/sesame/);
    },
  );

  it('refuses a damaged file, and leaves it as it is', async () => {
    const database = await Database.open(path);
    const rooms = new SqlRooms(database);
    for (let n = 0; n < 200; n += 1) {
      await rooms.put({
        id: `room_${n}`,
        name: 'x'.repeat(64),
        createdAt: n,
        ownerSecretHash: Buffer.alloc(32),
        ownerId: null,
        locked: false,
        listed: false,
        recording: {
          allowed: 'moderators',
          automatic: false,
          consent: false,
          keepDays: null,
          keepBytes: null,
        },
      });
    }
    await database.close();
    const whole = readFileSync(path);
    const torn = Buffer.from(whole);
    torn.fill(0xa5, whole.length - 8192, whole.length - 4096);
    writeFileSync(path, torn);
    await expect(Database.open(path)).rejects.toThrow(/roomtone\.db is damaged .* found again/s);
    expect(readFileSync(path).equals(torn)).toBe(true);

    writeFileSync(path, whole);
    truncateSync(path, whole.length - 4096);
    await expect(Database.open(path)).rejects.toThrow(/is damaged/);
    writeFileSync(
      path,
      'no database, but long enough to have a header of a hundred bytes '.repeat(9),
    );
    await expect(Database.open(path)).rejects.toThrow(/is damaged/);

    writeFileSync(path, whole);
    const again = await Database.open(path);
    expect(await new SqlRooms(again).all()).toHaveLength(200);
    await again.close();
  });

  it('is refused to a second server, until the first is gone, however it went', async () => {
    const program = `
      import { Database } from ${JSON.stringify(import.meta.resolve('./Database.ts'))};
      await Database.open(${JSON.stringify(path)});
      process.stdout.write('open');
      setInterval(() => {}, 1_000);`;
    const first = spawn(process.execPath, ['--input-type=module', '-e', program], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(first.stdout, 'data');
    await expect(Database.open(path)).rejects.toThrow(/in use by another Roomtone server/);
    first.kill('SIGKILL');
    await once(first, 'exit');
    const second = await waitFor('the lock to be free', () => Database.open(path));
    await expect(Database.open(path)).rejects.toThrow(/in use by another/);
    await second.close();
    await (await Database.open(path)).close();
  });
});

describe('ExclusiveLock', () => {
  it('holds a folder until it is released', () => {
    const recordings = join(folder, 'recordings');
    const lock = ExclusiveLock.ofFolder(recordings, 'RECORDINGS_DIR');
    const again = () => ExclusiveLock.ofFolder(recordings, 'RECORDINGS_DIR');
    expect(again).toThrow(/recordings is in use .* a RECORDINGS_DIR of its own/);
    lock.release();
    lock.release();
    again().release();
    expect(statSync(join(recordings, '.lock')).size).toBe(0);
  });
});

describe('migrations', () => {
  it('leave the schema as it was when they fail half way', async () => {
    await (await Database.open(path, { '1-one': table('one') })).close();
    const before = schemaOf();
    const halfDone: Migration = {
      async up(db: Kysely<unknown>) {
        await table('two').up(db);
        await sql`INSERT INTO one VALUES ('x')`.execute(db);
        throw new Error('the lights went out');
      },
    };
    const refused = Database.open(path, { '1-one': table('one'), '2-two': halfDone });
    await expect(refused).rejects.toThrow('could not be brought up to date ("2-two")');
    expect(schemaOf()).toEqual(before);

    const database = await Database.open(path, { '1-one': table('one'), '2-two': table('two') });
    const { rows } = await sql`SELECT * FROM one`.execute(database.sql);
    expect(rows).toEqual([]);
    await database.close();
    expect(schemaOf()).toMatchObject({ done: [{ name: '1-one' }, { name: '2-two' }] });
  });

  it('leave the schema as it was when the process dies half way', async () => {
    await (await Database.open(path, { '1-one': table('one') })).close();
    const before = schemaOf();
    const program = `
      import { Database } from ${JSON.stringify(import.meta.resolve('./Database.ts'))};
      const one = { up: () => {} };
      const two = { async up(db) {
        await db.schema.createTable('two').addColumn('a', 'text').execute();
        process.kill(process.pid, 'SIGKILL');
        await new Promise(() => setInterval(() => {}, 1_000));
      } };
      await Database.open(${JSON.stringify(path)}, { '1-one': one, '2-two': two });`;
    const doomed = spawn(process.execPath, ['--input-type=module', '-e', program]);
    const [, signal] = await once(doomed, 'exit');
    expect(signal).toBe('SIGKILL');
    await (await Database.open(path, { '1-one': table('one') })).close();
    expect(schemaOf()).toEqual(before);
  });

  it('keep those that were done before one that fails', async () => {
    const broken = { up: () => Promise.reject(new Error('broken')) };
    const refused = Database.open(path, { '1-one': table('one'), '2-two': broken });
    await expect(refused).rejects.toThrow('"2-two"');
    expect(schemaOf()).toMatchObject({ done: [{ name: '1-one' }] });
  });

  it('of a newer version are not touched', async () => {
    await (await Database.open(path, { ...MIGRATIONS, '999-later': table('later') })).close();
    const before = schemaOf();
    await expect(Database.open(path)).rejects.toThrow(/newer version of Roomtone .*999-later/);
    expect(schemaOf()).toEqual(before);
  });

  it('are done once', async () => {
    await (await Database.open(path)).close();
    const before = schemaOf();
    await (await Database.open(path)).close();
    expect(schemaOf()).toEqual(before);
  });
});
