import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

export const push: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable('pushSubscriptions')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('userId', 'text', (column) =>
        column.notNull().references('accounts.id').onDelete('cascade'),
      )
      // Whoever signs out is not rung there any more.
      .addColumn('signInId', 'text', (column) =>
        column.notNull().unique().references('signIns.id').onDelete('cascade'),
      )
      .addColumn('endpoint', 'text', (column) => column.notNull().unique())
      .addColumn('p256dh', 'text', (column) => column.notNull())
      .addColumn('auth', 'text', (column) => column.notNull())
      .addColumn('createdAt', 'integer', (column) => column.notNull())
      .execute();
    await db.schema
      .createIndex('push_subscriptions_by_user')
      .on('pushSubscriptions')
      .columns(['userId', 'id'])
      .execute();
  },
};
