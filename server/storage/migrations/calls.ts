import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

export const calls: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable('calls')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('callerId', 'text')
      .addColumn('calleeId', 'text')
      .addColumn('state', 'text', (column) => column.notNull())
      .addColumn('startedAt', 'integer', (column) => column.notNull())
      .addColumn('missed', 'integer', (column) => column.notNull())
      .addColumn('call', 'text', (column) => column.notNull())
      .execute();
    // Each with the id, by which pages are cut.
    for (const column of ['callerId', 'calleeId', 'state', 'startedAt']) {
      await db.schema
        .createIndex(`calls_by_${column}`)
        .on('calls')
        .columns([column, 'id'])
        .execute();
    }
    await db.schema
      .createTable('callClock')
      .addColumn('id', 'integer', (column) => column.primaryKey())
      .addColumn('aliveAt', 'integer', (column) => column.notNull())
      .execute();
    await db.schema
      .createTable('callPlans')
      .addColumn('userId', 'text', (column) =>
        column.primaryKey().references('accounts.id').onDelete('cascade'),
      )
      .addColumn('plan', 'text', (column) => column.notNull())
      .execute();
  },
};
