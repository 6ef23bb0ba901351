import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Links to messages go with them, though another mailbox has the same media. */
export const messageShares: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .alterTable('shares')
      .addColumn('messageId', 'text', (column) =>
        column.references('messages.id').onDelete('cascade'),
      )
      .execute();
    await db.schema.createIndex('shares_by_message').on('shares').column('messageId').execute();
  },
};
