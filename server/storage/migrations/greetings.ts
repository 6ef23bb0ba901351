import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

export const greetings: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable('greetings')
      .addColumn('userId', 'text', (column) =>
        column.notNull().references('accounts.id').onDelete('cascade'),
      )
      .addColumn('kind', 'text', (column) => column.notNull())
      // Empty: none.
      .addColumn('language', 'text', (column) => column.notNull())
      .addColumn('until', 'integer')
      .addColumn('durationMs', 'integer', (column) => column.notNull())
      .addColumn('bytes', 'integer', (column) => column.notNull())
      .addColumn('updatedAt', 'integer', (column) => column.notNull())
      .addColumn('sound', 'blob', (column) => column.notNull())
      .addPrimaryKeyConstraint('greetings_key', ['userId', 'kind', 'language'])
      .execute();
  },
};
