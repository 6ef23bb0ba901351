import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

export const recordings: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable('recordings')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('roomId', 'text', (column) => column.notNull())
      .addColumn('roomName', 'text', (column) => column.notNull())
      .addColumn('ownerSecretHash', 'text', (column) => column.notNull())
      .addColumn('state', 'text', (column) => column.notNull())
      .addColumn('startedAt', 'integer', (column) => column.notNull())
      .addColumn('search', 'text', (column) => column.notNull())
      .addColumn('record', 'text', (column) => column.notNull())
      .execute();
    // Each with the id, by which pages are cut.
    for (const column of ['roomId', 'roomName', 'ownerSecretHash', 'state']) {
      await db.schema
        .createIndex(`recordings_by_${column}`)
        .on('recordings')
        .columns([column, 'id'])
        .execute();
    }
  },
};
