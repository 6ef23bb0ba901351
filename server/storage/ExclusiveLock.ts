import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { StorageError } from './StorageError.ts';

/** A server that was told to stop may still be at it. Longer makes the refusal come later. */
const WAIT_MS = 500;

/**
 * Holds a file for this process alone. The system takes the lock back when the process ends, however
 * it ends, so nothing is left behind that somebody would have to remove. Node has no file locks, so
 * SQLite takes it, on an empty database of its own.
 */
export class ExclusiveLock {
  readonly #holder: Sqlite.Database;

  private constructor(holder: Sqlite.Database) {
    this.#holder = holder;
  }

  /** @throws StorageError with the words `refusal` while another process (or object) holds it. */
  static take(path: string, refusal: string): ExclusiveLock {
    const holder = new Sqlite(path, { timeout: WAIT_MS });
    try {
      holder.exec('BEGIN EXCLUSIVE');
      return new ExclusiveLock(holder);
    } catch (error) {
      holder.close();
      const busy = error instanceof Sqlite.SqliteError && error.code.startsWith('SQLITE_BUSY');
      throw busy ? new StorageError(refusal, { cause: error }) : error;
    }
  }

  /** Of a whole folder, which is made when there is none; `key` names it in the configuration. */
  static ofFolder(folder: string, key: string): ExclusiveLock {
    mkdirSync(folder, { recursive: true, mode: 0o750 });
    return ExclusiveLock.take(
      join(folder, '.lock'),
      `${folder} is in use by another Roomtone server. Stop it, or give this one a ${key} of its own.`,
    );
  }

  /** Idempotent. */
  release(): void {
    this.#holder.close();
  }
}
