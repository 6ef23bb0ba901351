import type { Kysely } from 'kysely';
import type { RoomId, UserId } from '../protocol/ids.ts';
import type { RecordingSettings } from '../protocol/recordings.ts';
import type { RoomRecord, RoomStore } from '../rooms/RoomStore.ts';
import type { Database } from './Database.ts';
import type { RoomRow, Tables } from './tables.ts';

export class SqlRooms implements RoomStore {
  readonly #sql: Kysely<Tables>;

  constructor({ sql }: Database) {
    this.#sql = sql;
  }

  async all(): Promise<RoomRecord[]> {
    const rows = await this.#sql.selectFrom('rooms').selectAll().orderBy('id').execute();
    return rows.map(recordOf);
  }

  async put(record: RoomRecord): Promise<void> {
    const row = rowOf(record);
    await this.#sql
      .insertInto('rooms')
      .values(row)
      .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
      .execute();
  }

  async remove(id: RoomId): Promise<void> {
    await this.#sql.deleteFrom('rooms').where('id', '=', id).execute();
  }
}

const rowOf = (record: RoomRecord): RoomRow => ({
  id: record.id,
  name: record.name,
  createdAt: record.createdAt,
  ownerSecretHash: record.ownerSecretHash,
  ownerId: record.ownerId,
  locked: Number(record.locked),
  listed: Number(record.listed),
  recording: JSON.stringify(record.recording),
});

/** Nobody but us writes here, so what is read is what was written. */
const recordOf = (row: RoomRow): RoomRecord => ({
  id: row.id as RoomId,
  name: row.name,
  createdAt: row.createdAt,
  ownerSecretHash: row.ownerSecretHash,
  ownerId: row.ownerId as UserId | null,
  locked: row.locked !== 0,
  listed: row.listed !== 0,
  recording: JSON.parse(row.recording) as RecordingSettings,
});
