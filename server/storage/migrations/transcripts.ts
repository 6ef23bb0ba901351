import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

export const transcripts: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable('transcripts')
      .addColumn('messageId', 'text', (column) =>
        column.primaryKey().references('messages.id').onDelete('cascade'),
      )
      .addColumn('state', 'text', (column) => column.notNull())
      .addColumn('language', 'text')
      .addColumn('attempts', 'integer', (column) => column.notNull())
      .addColumn('dueAt', 'integer', (column) => column.notNull())
      .addColumn('search', 'text', (column) => column.notNull())
      .addColumn('transcription', 'text')
      .execute();
    await db.schema
      .createIndex('transcripts_by_due')
      .on('transcripts')
      .columns(['state', 'dueAt'])
      .execute();
  },
};
