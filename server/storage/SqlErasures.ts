import { sql, type Kysely } from 'kysely';
import type { RecordingId } from '../protocol/ids.ts';
import type { Erasure, ErasureStore } from '../recordings/Erasure.ts';
import type { Database } from './Database.ts';
import { StorageError } from './StorageError.ts';
import type { ErasureRow, Tables } from './tables.ts';

export class SqlErasures implements ErasureStore {
  readonly #sql: Kysely<Tables>;

  constructor({ sql: database }: Database) {
    this.#sql = database;
  }

  async put(erasure: Erasure): Promise<void> {
    const { recordingId, participantId } = erasure;
    const row: ErasureRow = { recordingId, participantId, erasure: JSON.stringify(erasure) };
    await this.#sql
      .insertInto('erasures')
      .values(row)
      .onConflict((conflict) => conflict.columns(['recordingId', 'participantId']).doUpdateSet(row))
      .execute();
  }

  async list(recordingId: RecordingId): Promise<Erasure[]> {
    const rows = await this.#sql
      .selectFrom('erasures')
      .selectAll()
      .where('recordingId', '=', recordingId)
      .execute();
    return inOrder(rows);
  }

  async all(): Promise<Erasure[]> {
    return inOrder(await this.#sql.selectFrom('erasures').selectAll().execute());
  }

  /** Deleted rows are overwritten already; older versions of pages are still in the log beside them. */
  async scrub(): Promise<void> {
    const { rows } = await sql<{ busy: number }>`pragma wal_checkpoint(truncate)`.execute(
      this.#sql,
    );
    if (rows[0]?.busy !== 0) {
      throw new StorageError(
        'Something else is reading the database: old pages cannot go from it.',
      );
    }
  }
}

/** Nobody but us writes here, so what is read is what was written. */
const inOrder = (rows: readonly ErasureRow[]): Erasure[] =>
  rows
    .map(({ erasure }) => JSON.parse(erasure) as Erasure)
    .toSorted((a, b) => a.askedAt - b.askedAt);
