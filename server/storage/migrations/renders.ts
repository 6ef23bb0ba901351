import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

export const renders: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable('renders')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('recordingId', 'text', (column) =>
        column.notNull().references('recordings.id').onDelete('cascade'),
      )
      .addColumn('state', 'text', (column) => column.notNull())
      .addColumn('render', 'text', (column) => column.notNull())
      .execute();
    await db.schema
      .createIndex('renders_by_recording')
      .on('renders')
      .columns(['recordingId', 'id'])
      .execute();
    await db.schema
      .createIndex('renders_by_state')
      .on('renders')
      .columns(['state', 'id'])
      .execute();
  },
};
