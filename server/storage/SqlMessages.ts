import { sql, type Kysely, type RawBuilder, type SelectQueryBuilder, type SqlBool } from 'kysely';
import type { RecordingId, UserId, VoicemailId } from '../protocol/ids.ts';
import type { MessageSort } from '../protocol/voicemail.ts';
import type { Counts, Message, MessageQuery, MessageStore } from '../voicemail/Message.ts';
import { callerKey, fold, type Place } from '../voicemail/order.ts';
import type { Database } from './Database.ts';
import type { MessageRow, Tables } from './tables.ts';

export class SqlMessages implements MessageStore {
  readonly #sql: Kysely<Tables>;

  constructor(database: Database) {
    this.#sql = database.sql;
  }

  async put(message: Message): Promise<void> {
    const row = rowOf(message);
    await this.#sql
      .insertInto('messages')
      .values(row)
      .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
      .execute();
  }

  async deliver(message: Message): Promise<boolean> {
    const row = rowOf({ ...message, state: 'delivered' });
    return this.#sql.transaction().execute(async (both) => {
      const { numUpdatedRows } = await both
        .updateTable('messages')
        .set(row)
        .where('id', '=', message.id)
        .where('state', '=', 'pending')
        .executeTakeFirst();
      if (numUpdatedRows === 0n) return false;
      await both
        .insertInto('outbox')
        .values({ messageId: message.id, told: '[]', failures: 0, dueAt: 0 })
        .execute();
      return true;
    });
  }

  async copy(message: Message, from: VoicemailId): Promise<boolean> {
    return this.#sql.transaction().execute(async (both) => {
      const source = await both
        .selectFrom('messages')
        .select('id')
        .where('id', '=', from)
        .where('state', '=', 'delivered')
        .executeTakeFirst();
      if (!source) return false;
      await both.insertInto('messages').values(rowOf(message)).execute();
      await both
        .insertInto('outbox')
        .values({ messageId: message.id, told: '[]', failures: 0, dueAt: 0 })
        .execute();
      return true;
    });
  }

  async get(id: VoicemailId): Promise<Message | undefined> {
    const row = await this.#sql
      .selectFrom('messages')
      .select('message')
      .where('id', '=', id)
      .executeTakeFirst();
    return row && messageOf(row);
  }

  async remove(id: VoicemailId): Promise<void> {
    await this.#sql.deleteFrom('messages').where('id', '=', id).execute();
  }

  async list(wanted: MessageQuery): Promise<Message[]> {
    const { mailbox, folder, unread, urgent, q, sort, after, limit } = wanted;
    let query = this.#sql
      .selectFrom('messages')
      .select('message')
      .where('mailbox', '=', mailbox)
      .where('state', '=', 'delivered');
    if (folder !== undefined) query = query.where('folder', '=', folder);
    if (unread !== undefined) query = query.where('unread', '=', Number(unread));
    if (urgent !== undefined) query = query.where('urgent', '=', Number(urgent));
    // Not LIKE: here no letter of what is looked for means anything but itself.
    if (q !== undefined) query = query.where(contains(fold(q)));
    if (after !== undefined) query = query.where(isBehind(after, sort));
    return (await inOrder(query, sort).limit(limit).execute()).map(messageOf);
  }

  async count(mailbox: UserId): Promise<Counts> {
    const rows = await this.#sql
      .selectFrom('messages')
      .select(({ fn }) => [
        'folder',
        'unread',
        'urgent',
        fn.countAll<number>().as('many'),
        fn.sum<number>('bytes').as('bytes'),
      ])
      .where('mailbox', '=', mailbox)
      .where('state', '=', 'delivered')
      .groupBy(['folder', 'unread', 'urgent'])
      .execute();
    const many = (unread: number, urgent?: number): number =>
      rows
        .filter((row) => row.folder === 'inbox' && row.unread === unread)
        .filter((row) => urgent === undefined || row.urgent === urgent)
        .reduce((sum, row) => sum + row.many, 0);
    return {
      new: many(1),
      old: many(0),
      urgentNew: many(1, 1),
      urgentOld: many(0, 1),
      all: rows.reduce((sum, row) => sum + row.many, 0),
      bytes: rows.reduce((sum, { bytes }) => sum + bytes, 0),
    };
  }

  async pending(): Promise<Message[]> {
    const rows = await this.#sql
      .selectFrom('messages')
      .select('message')
      .where('state', '=', 'pending')
      .execute();
    return rows.map(messageOf);
  }

  async findByRecording(id: RecordingId): Promise<Message[]> {
    const rows = await this.#sql
      .selectFrom('messages')
      .select('message')
      .where('recordingId', '=', id)
      .execute();
    return rows.map(messageOf);
  }

  async orphans(): Promise<RecordingId[]> {
    const rows = await this.#sql
      .selectFrom('discardedMedia')
      .select('recordingId')
      .where(
        sql<boolean>`not exists (
          select 1 from messages where messages.recording_id = discarded_media.recording_id)`,
      )
      .execute();
    return rows.map(({ recordingId }) => recordingId as RecordingId);
  }

  async orphanGone(id: RecordingId): Promise<void> {
    await this.#sql.deleteFrom('discardedMedia').where('recordingId', '=', id).execute();
  }

  async trashedBefore(at: number): Promise<Message[]> {
    const rows = await this.#sql
      .selectFrom('messages')
      .select('message')
      .where('trashedAt', '<', at)
      .execute();
    return rows.map(messageOf);
  }

  async heardBefore(mailbox: UserId, at: number): Promise<Message[]> {
    const rows = await this.#sql
      .selectFrom('messages')
      .select('message')
      .where('mailbox', '=', mailbox)
      .where('state', '=', 'delivered')
      .where('folder', '=', 'inbox')
      .where('unread', '=', 0)
      .where(sql<boolean>`json_extract(message, '$.readAt') < ${at}`)
      .execute();
    return rows.map(messageOf);
  }

  async inTrash(mailbox: UserId): Promise<Message[]> {
    const rows = await this.#sql
      .selectFrom('messages')
      .select('message')
      .where('mailbox', '=', mailbox)
      .where('state', '=', 'delivered')
      .where('folder', '=', 'trash')
      .execute();
    return rows.map(messageOf);
  }
}

type Listing = SelectQueryBuilder<Tables, 'messages', Pick<MessageRow, 'message'>>;

/** As the indexes have it, so that a page is read off one of them. */
const inOrder = (query: Listing, sort: MessageSort): Listing => {
  if (sort === 'oldest') return query.orderBy('id', 'asc');
  if (sort === 'longest') return query.orderBy('durationMs', 'desc').orderBy('id', 'desc');
  if (sort === 'caller') return query.orderBy('caller', 'asc').orderBy('id', 'desc');
  if (sort === 'urgent') return query.orderBy('urgent', 'desc').orderBy('id', 'desc');
  return query.orderBy('id', 'desc');
};

/** Written so that SQLite goes there in the index, and does not walk up to it. */
const isBehind = ({ key, id }: Place, sort: MessageSort): RawBuilder<SqlBool> => {
  if (sort === 'oldest') return sql`id > ${id}`;
  if (sort === 'longest') return sql`(duration_ms, id) < (${key}, ${id})`;
  if (sort === 'caller') return sql`caller >= ${key} and (caller > ${key} or id < ${id})`;
  if (sort === 'urgent') return sql`(urgent, id) < (${key}, ${id})`;
  return sql`id < ${id}`;
};

const rowOf = (message: Message): MessageRow => ({
  id: message.id,
  mailbox: message.mailbox,
  state: message.state,
  folder: message.folder,
  unread: Number(message.readAt === null),
  urgent: Number(message.urgent),
  durationMs: message.durationMs,
  caller: callerKey(message),
  bytes: message.files.reduce((sum, { bytes }) => sum + bytes, 0),
  trashedAt: message.trashedAt,
  recordingId: message.recordingId,
  search: fold(
    [message.from.displayName, message.from.name, message.note, message.comment].join('\n'),
  ),
  message: JSON.stringify(message),
});

/** Nobody but us writes here, so what is read is what was written. */
export const messageOf = ({ message }: Pick<MessageRow, 'message'>): Message => ({
  ...BEFORE,
  ...(JSON.parse(message) as Message),
});

/** What those do not say that were left before it could be. */
const BEFORE = { pickedUp: false, forwardedBy: null, comment: null, takenBy: null };

/** In what stands in the message, or in what was said. */
const contains = (q: string): RawBuilder<SqlBool> =>
  sql`(instr(messages.search, ${q}) > 0 or exists (
    select 1 from transcripts
    where ${sql.ref('transcripts.messageId')} = messages.id and instr(transcripts.search, ${q}) > 0
  ))`;
