import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

export const webhooks: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable('webhooks')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('url', 'text', (column) => column.notNull())
      // JSON; null: all.
      .addColumn('events', 'text')
      .addColumn('secret', 'text', (column) => column.notNull())
      .addColumn('createdAt', 'integer', (column) => column.notNull())
      .addColumn('disabledAt', 'integer')
      .execute();
    await db.schema
      .createTable('deliveries')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('webhookId', 'text', (column) =>
        column.notNull().references('webhooks.id').onDelete('cascade'),
      )
      .addColumn('key', 'text', (column) => column.notNull())
      .addColumn('type', 'text', (column) => column.notNull())
      .addColumn('body', 'text', (column) => column.notNull())
      .addColumn('createdAt', 'integer', (column) => column.notNull())
      .addColumn('state', 'text', (column) => column.notNull())
      .addColumn('attempts', 'integer', (column) => column.notNull())
      .addColumn('nextAttemptAt', 'integer')
      .addColumn('status', 'integer')
      .addColumn('durationMs', 'integer')
      .addColumn('error', 'text')
      .addUniqueConstraint('deliveries_once', ['webhookId', 'key'])
      .execute();
    await db.schema
      .createIndex('deliveries_by_webhook')
      .on('deliveries')
      .columns(['webhookId', 'id'])
      .execute();
    await db.schema
      .createIndex('deliveries_by_due')
      .on('deliveries')
      .columns(['state', 'nextAttemptAt'])
      .execute();
  },
};
