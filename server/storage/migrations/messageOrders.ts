import { sql, type Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';
import type { Message } from '../../voicemail/Message.ts';
import { callerKey } from '../../voicemail/order.ts';
import type { Tables } from '../tables.ts';

/** Messages are listed in other orders, too. */
export const messageOrders: Migration = {
  async up(db: Kysely<Tables>) {
    await db.schema
      .alterTable('messages')
      .addColumn('durationMs', 'real', (column) => column.notNull().defaultTo(0))
      .execute();
    await db.schema
      .alterTable('messages')
      .addColumn('caller', 'text', (column) => column.notNull().defaultTo(''))
      .execute();
    for (const { id, message } of await db
      .selectFrom('messages')
      .select(['id', 'message'])
      .execute()) {
      const known = JSON.parse(message) as Pick<Message, 'durationMs' | 'from'>;
      await db
        .updateTable('messages')
        .set({ durationMs: known.durationMs, caller: callerKey(known) })
        .where('id', '=', id)
        .execute();
    }
    const sorted = {
      messages_by_length: sql`duration_ms, id`,
      messages_by_caller: sql`caller, id desc`,
      messages_by_urgency: sql`urgent, id`,
    };
    for (const [name, columns] of Object.entries(sorted)) {
      await sql`create index ${sql.ref(name)} on messages (mailbox, state, folder, ${columns})`.execute(
        db,
      );
    }
  },
};
