import { sql, type Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/**
 * However a message goes, with its account too: what was recorded for it is noted in the same moment.
 * What is not noted stays: a database that is older than the media knows nothing of them.
 */
export const discardedMedia: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable('discardedMedia')
      .addColumn('recordingId', 'text', (column) => column.primaryKey())
      .execute();
    await sql`
      create trigger messages_discard after delete on messages
      when old.recording_id is not null
      begin
        insert or ignore into discarded_media (recording_id) values (old.recording_id);
      end
    `.execute(db);
  },
};
