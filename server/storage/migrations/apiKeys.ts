import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

export const apiKeys: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable('apiKeys')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('name', 'text', (column) => column.notNull())
      .addColumn('scopes', 'text', (column) => column.notNull())
      .addColumn('secretHash', 'text', (column) => column.notNull().unique())
      .addColumn('createdAt', 'integer', (column) => column.notNull())
      .addColumn('lastUsedAt', 'integer')
      .addColumn('expiresAt', 'integer')
      .execute();
  },
};
