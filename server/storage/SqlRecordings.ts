import { sql, type Kysely } from 'kysely';
import type { RecordingId, VoicemailId } from '../protocol/ids.ts';
import type { RecordingState } from '../protocol/recordings.ts';
import { readRecord, type RecordingRecord } from '../recordings/RecordingRecord.ts';
import type { RecordingFilter, RecordingStore } from '../recordings/RecordingStore.ts';
import type { Database } from './Database.ts';
import type { RecordingRow, Tables } from './tables.ts';

export class SqlRecordings implements RecordingStore {
  readonly #sql: Kysely<Tables>;

  constructor({ sql: kysely }: Database) {
    this.#sql = kysely;
  }

  async put(record: RecordingRecord): Promise<void> {
    const row = rowOf(record);
    // Not INSERT OR REPLACE: that deletes the row first, and its shares with it.
    await this.#sql
      .insertInto('recordings')
      .values(row)
      .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
      .execute();
  }

  async replace(record: RecordingRecord, from: RecordingState): Promise<boolean> {
    const { numUpdatedRows } = await this.#sql
      .updateTable('recordings')
      .set(rowOf(record))
      .where('id', '=', record.id)
      .where('state', '=', from)
      .executeTakeFirst();
    return numUpdatedRows > 0n;
  }

  async get(id: RecordingId): Promise<RecordingRecord | undefined> {
    const row = await this.#sql
      .selectFrom('recordings')
      .select('record')
      .where('id', '=', id)
      .executeTakeFirst();
    return row && readRecord(row.record);
  }

  async list(
    filter: RecordingFilter,
    { before, limit }: { before?: string | undefined; limit: number },
  ): Promise<RecordingRecord[]> {
    let query = this.#sql
      .selectFrom('recordings')
      .select('record')
      // Messages are in their mailboxes.
      .where('voicemail', 'is', null);
    const { room, state, from, to, q, ownerSecretHash, ownerId, roomId } = filter;
    if (room !== undefined) {
      query = query.where((where) =>
        where.or([where('roomId', '=', room), where('roomName', '=', room)]),
      );
    }
    if (state !== undefined) query = query.where('state', '=', state);
    if (from !== undefined) query = query.where('startedAt', '>=', from);
    if (to !== undefined) query = query.where('startedAt', '<=', to);
    // Not LIKE: here no letter of what is looked for means anything but itself.
    if (q !== undefined) query = query.where(sql<boolean>`instr(search, ${fold(q)}) > 0`);
    if (ownerId !== undefined) query = query.where('ownerId', '=', ownerId);
    if (ownerSecretHash !== undefined) query = query.where('ownerSecretHash', '=', ownerSecretHash);
    if (roomId !== undefined) query = query.where('roomId', '=', roomId);
    if (before !== undefined) query = query.where('id', '<', before);
    return records(await query.orderBy('id', 'desc').limit(limit).execute());
  }

  async ofMessage(id: VoicemailId): Promise<RecordingRecord[]> {
    return records(
      await this.#sql
        .selectFrom('recordings')
        .select('record')
        .where('voicemail', '=', id)
        .orderBy('id')
        .execute(),
    );
  }

  async all(): Promise<RecordingRecord[]> {
    return records(
      await this.#sql.selectFrom('recordings').select('record').orderBy('id').execute(),
    );
  }

  async remove(id: RecordingId): Promise<void> {
    await this.#sql.deleteFrom('recordings').where('id', '=', id).execute();
  }
}

/** A row that cannot be read is left out: the recording's folder has the same and comes first. */
const records = (rows: readonly { record: string }[]): RecordingRecord[] =>
  rows.flatMap(({ record }) => readRecord(record) ?? []);

const rowOf = (record: RecordingRecord): RecordingRow => ({
  id: record.id,
  roomId: record.room.id,
  roomName: record.room.name,
  ownerSecretHash: record.ownerSecretHash,
  ownerId: record.ownerId ?? null,
  voicemail: record.voicemail ?? null,
  state: record.state,
  startedAt: record.startedAt,
  search: searchText(record),
  record: JSON.stringify(record),
});

/** Compatibility forms and cases are one, as with names of rooms. SQLite itself knows only ASCII's. */
const fold = (text: string): string => text.normalize('NFKC').toLowerCase();

const searchText = ({ title, room, tags, people }: RecordingRecord): string =>
  fold([title ?? '', room.name, ...tags, ...people.map(({ name }) => name)].join('\n'));
