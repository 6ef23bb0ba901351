import type { Kysely } from 'kysely';
import type { RecordingId, ShareId, VoicemailId } from '../protocol/ids.ts';
import type { Share, ShareStore } from '../recordings/RecordingStore.ts';
import type { Database } from './Database.ts';
import type { ShareRow, Tables } from './tables.ts';

/** Shares go with their recording: the database sees to that. */
export class SqlShares implements ShareStore {
  readonly #sql: Kysely<Tables>;

  constructor({ sql }: Database) {
    this.#sql = sql;
  }

  async put(share: Share): Promise<void> {
    await this.#sql
      .insertInto('shares')
      .values(share)
      .onConflict((conflict) => conflict.column('id').doUpdateSet(share))
      .execute();
  }

  async find(secretHash: string): Promise<Share | undefined> {
    const row = await this.#sql
      .selectFrom('shares')
      .selectAll()
      .where('secretHash', '=', secretHash)
      .executeTakeFirst();
    return row && shareOf(row);
  }

  async findLocked(lockHash: string): Promise<Share | undefined> {
    const row = await this.#sql
      .selectFrom('shares')
      .selectAll()
      .where('lockHash', '=', lockHash)
      .executeTakeFirst();
    return row && shareOf(row);
  }

  async list(recordingId: RecordingId): Promise<Share[]> {
    const rows = await this.#sql
      .selectFrom('shares')
      .selectAll()
      .where('recordingId', '=', recordingId)
      .orderBy('id')
      .execute();
    return rows.map(shareOf);
  }

  async revoke(recordingId: RecordingId, id: ShareId, at: number): Promise<boolean> {
    const { numUpdatedRows } = await this.#sql
      .updateTable('shares')
      // Who revokes again does not move the time.
      .set((take) => ({ revokedAt: take.fn.coalesce('revokedAt', take.val(at)) }))
      .where('recordingId', '=', recordingId)
      .where('id', '=', id)
      .executeTakeFirst();
    return numUpdatedRows > 0n;
  }

  async removeOf(recordingId: RecordingId): Promise<void> {
    await this.#sql.deleteFrom('shares').where('recordingId', '=', recordingId).execute();
  }
}

/** Nobody but us writes here, so what is read is what was written. */
const shareOf = (row: ShareRow): Share => ({
  ...row,
  id: row.id as ShareId,
  recordingId: row.recordingId as RecordingId,
  messageId: row.messageId as VoicemailId | null,
});
