import { sql, type Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Who looks after whose mailbox, and how much it holds where that is not what all hold. */
export const mailboxes: Migration = {
  async up(db: Kysely<unknown>) {
    await sql`update accounts set settings =
      json_set(settings, '$.voicemail', json('true'), '$.keepVoicemailDays', json('null'))`.execute(
      db,
    );
    await db.schema
      .createTable('mailboxQuotas')
      .addColumn('mailbox', 'text', (column) =>
        column.primaryKey().references('accounts.id').onDelete('cascade'),
      )
      .addColumn('bytes', 'integer', (column) => column.notNull())
      .execute();
    await db.schema
      .createTable('mailboxMembers')
      .addColumn('mailbox', 'text', (column) =>
        column.notNull().references('accounts.id').onDelete('cascade'),
      )
      .addColumn('member', 'text', (column) =>
        column.notNull().references('accounts.id').onDelete('cascade'),
      )
      .addColumn('role', 'text', (column) => column.notNull())
      .addPrimaryKeyConstraint('mailbox_members_key', ['mailbox', 'member'])
      .execute();
    await db.schema
      .createIndex('mailbox_members_by_member')
      .on('mailboxMembers')
      .column('member')
      .execute();
  },
};
