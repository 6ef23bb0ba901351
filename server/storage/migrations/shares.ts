import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

export const shares: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable('shares')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('recordingId', 'text', (column) =>
        column.notNull().references('recordings.id').onDelete('cascade'),
      )
      .addColumn('secretHash', 'text', (column) => column.notNull().unique())
      .addColumn('createdAt', 'integer', (column) => column.notNull())
      .addColumn('expiresAt', 'integer', (column) => column.notNull())
      .addColumn('revokedAt', 'integer')
      .execute();
    await db.schema
      .createIndex('shares_by_recording')
      .on('shares')
      .columns(['recordingId', 'id'])
      .execute();
  },
};
