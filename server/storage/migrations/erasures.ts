import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Not bound to the row of a recording: that one may come back from a backup. */
export const erasures: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable('erasures')
      .addColumn('recordingId', 'text', (column) => column.notNull())
      .addColumn('participantId', 'text', (column) => column.notNull())
      .addColumn('erasure', 'text', (column) => column.notNull())
      .addPrimaryKeyConstraint('erasures_by_recording', ['recordingId', 'participantId'])
      .execute();
  },
};
