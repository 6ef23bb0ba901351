import { closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import Sqlite from 'better-sqlite3';
import { CamelCasePlugin, Kysely, SqliteAdapter, SqliteDialect, type DialectAdapter } from 'kysely';
import type { Migration } from 'kysely/migration';
import { ExclusiveLock } from './ExclusiveLock.ts';
import { migrate } from './migrate.ts';
import { MIGRATIONS } from './migrations/all.ts';
import { StorageError } from './StorageError.ts';
import type { Tables } from './tables.ts';

/** For whoever reads beside us with a tool of their own, and holds it up. */
const BUSY_TIMEOUT_MS = 5_000;

/** The database, open for this process alone and up to date. */
export class Database {
  readonly sql: Kysely<Tables>;
  readonly #lock: ExclusiveLock;

  private constructor(sql: Kysely<Tables>, lock: ExclusiveLock) {
    this.sql = sql;
    this.#lock = lock;
  }

  /**
   * `target`: the path of a file, or a URL as of `DATABASE_URL`. Makes the file when there is none.
   * @throws StorageError when another server has it, when it is damaged or newer than we are, and for
   * databases that are not served
   */
  static async open(
    target: string,
    migrations: Readonly<Record<string, Migration>> = MIGRATIONS,
  ): Promise<Database> {
    const path = pathOf(target);
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    const lock = ExclusiveLock.take(
      `${path}.lock`,
      `${path} is in use by another Roomtone server. Stop it, or give this one a DATA_DIR of its own.`,
    );
    let raw: Sqlite.Database | undefined;
    try {
      raw = openFile(path);
      const sql = new Kysely<Tables>({
        dialect: new TransactionalSqlite({ database: raw }),
        plugins: [new CamelCasePlugin()],
      });
      await migrate(sql, migrations);
      return new Database(sql, lock);
    } catch (error) {
      raw?.close();
      lock.release();
      throw error;
    }
  }

  /** Idempotent. */
  async close(): Promise<void> {
    await this.sql.destroy();
    this.#lock.release();
  }
}

/** SQLite can undo changes of the schema; Kysely does not count on it by itself. */
class TransactionalSqlite extends SqliteDialect {
  override createAdapter(): DialectAdapter {
    return new TransactionalAdapter();
  }
}

class TransactionalAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): true {
    return true;
  }
}

const pathOf = (target: string): string => {
  if (/^postgres(ql)?:/.test(target)) {
    throw new StorageError(
      'DATABASE_URL: PostgreSQL is not served by this version. Leave it out, or name a file: sqlite:/path/to/roomtone.db',
    );
  }
  return target.replace(/^sqlite:(?:\/\/)?/, '');
};

const openFile = (path: string): Sqlite.Database => {
  // The files that SQLite puts beside it take over its mode.
  closeSync(openSync(path, 'a', 0o600));
  const raw = new Sqlite(path, { timeout: BUSY_TIMEOUT_MS });
  try {
    // Readers beside us do not wait; what was committed survives a power cut.
    raw.pragma('journal_mode = WAL');
    raw.pragma('synchronous = FULL');
    raw.pragma('foreign_keys = ON');
    // What is deleted is not to be read out of the file.
    raw.pragma('secure_delete = ON');
    const found: unknown = raw.pragma('quick_check', { simple: true });
    if (found !== 'ok') throw new Error(String(found));
    return raw;
  } catch (error) {
    raw.close();
    throw new StorageError(
      `${path} is damaged (${error instanceof Error ? error.message : String(error)}). Put a copy in its place, or move it away: recordings are found again in their folders, rooms and API keys are not.`,
      { cause: error },
    );
  }
};
