import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

export const lockedShares: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema.alterTable('shares').addColumn('lockHash', 'text').execute();
    await db.schema
      .createIndex('shares_by_lock')
      .unique()
      .on('shares')
      .column('lockHash')
      .execute();
  },
};
