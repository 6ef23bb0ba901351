import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

export const voicemail: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable('messages')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('mailbox', 'text', (column) =>
        column.notNull().references('accounts.id').onDelete('cascade'),
      )
      .addColumn('state', 'text', (column) => column.notNull())
      .addColumn('folder', 'text', (column) => column.notNull())
      .addColumn('unread', 'integer', (column) => column.notNull())
      .addColumn('urgent', 'integer', (column) => column.notNull())
      .addColumn('bytes', 'integer', (column) => column.notNull())
      .addColumn('trashedAt', 'integer')
      .addColumn('recordingId', 'text')
      .addColumn('search', 'text', (column) => column.notNull())
      .addColumn('message', 'text', (column) => column.notNull())
      .execute();
    await db.schema
      .createIndex('messages_by_mailbox')
      .on('messages')
      .columns(['mailbox', 'state', 'folder', 'id'])
      .execute();
    await db.schema
      .createIndex('messages_by_count')
      .on('messages')
      .columns(['mailbox', 'state', 'folder', 'unread', 'urgent', 'bytes'])
      .execute();
    await db.schema
      .createIndex('messages_by_recording')
      .on('messages')
      .column('recordingId')
      .execute();
    await db.schema.createIndex('messages_by_trash').on('messages').column('trashedAt').execute();
    await db.schema.alterTable('recordings').addColumn('voicemail', 'text').execute();
  },
};
