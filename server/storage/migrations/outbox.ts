import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

export const outbox: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable('outbox')
      .addColumn('messageId', 'text', (column) =>
        column.primaryKey().references('messages.id').onDelete('cascade'),
      )
      .addColumn('told', 'text', (column) => column.notNull())
      .addColumn('failures', 'integer', (column) => column.notNull())
      .addColumn('dueAt', 'integer', (column) => column.notNull())
      .execute();
    await db.schema.createIndex('outbox_by_due').on('outbox').column('dueAt').execute();
  },
};
