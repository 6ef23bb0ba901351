import type { Kysely } from 'kysely';
import type { VoicemailId } from '../protocol/ids.ts';
import type { Message } from '../voicemail/Message.ts';
import type { Notice, OutboxStore } from '../voicemail/Outbox.ts';
import type { Database } from './Database.ts';
import { messageOf } from './SqlMessages.ts';
import type { Tables } from './tables.ts';

/** Rows are written by `SqlMessages.deliver`, and go with their messages. */
export class SqlOutbox implements OutboxStore {
  readonly #sql: Kysely<Tables>;

  constructor(database: Database) {
    this.#sql = database.sql;
  }

  async due(now: number, limit: number): Promise<{ notice: Notice; message: Message }[]> {
    const rows = await this.#sql
      .selectFrom('outbox')
      .innerJoin('messages', 'messages.id', 'outbox.messageId')
      .select(['messageId', 'told', 'failures', 'dueAt', 'message'])
      .where('dueAt', '<=', now)
      .orderBy('dueAt')
      .orderBy('messageId')
      .limit(limit)
      .execute();
    return rows.map(({ message, messageId, told, ...rest }) => ({
      message: messageOf({ message }),
      notice: {
        ...rest,
        messageId: messageId as VoicemailId,
        told: JSON.parse(told) as string[],
      },
    }));
  }

  async nextDueAt(): Promise<number | undefined> {
    const row = await this.#sql
      .selectFrom('outbox')
      .select('dueAt')
      .orderBy('dueAt')
      .executeTakeFirst();
    return row?.dueAt;
  }

  async put({ messageId, told, ...rest }: Notice): Promise<void> {
    await this.#sql
      .updateTable('outbox')
      .set({ ...rest, told: JSON.stringify(told) })
      .where('messageId', '=', messageId)
      .execute();
  }

  async remove(id: VoicemailId): Promise<void> {
    await this.#sql.deleteFrom('outbox').where('messageId', '=', id).execute();
  }
}
