import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Rooms, and what was recorded in them, may belong to somebody by their account. */
export const owners: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema.alterTable('rooms').addColumn('ownerId', 'text').execute();
    await db.schema.alterTable('recordings').addColumn('ownerId', 'text').execute();
    await db.schema
      .createIndex('recordings_by_ownerId')
      .on('recordings')
      .columns(['ownerId', 'id'])
      .execute();
  },
};
