import { sql, type Kysely } from 'kysely';
import type { VoicemailId } from '../protocol/ids.ts';
import type { TranscriptSummary } from '../protocol/voicemail.ts';
import type { Message } from '../voicemail/Message.ts';
import { fold } from '../voicemail/order.ts';
import type { Transcript, Transcription, TranscriptStore } from '../voicemail/Transcript.ts';
import type { Database } from './Database.ts';
import { messageOf } from './SqlMessages.ts';
import type { Tables, TranscriptRow } from './tables.ts';

/** Rows go with their messages. */
export class SqlTranscripts implements TranscriptStore {
  readonly #sql: Kysely<Tables>;

  constructor(database: Database) {
    this.#sql = database.sql;
  }

  async add(transcript: Transcript): Promise<void> {
    const { messageId, state, language, attempts, dueAt, search, transcription } =
      rowOf(transcript);
    await this.#sql
      .insertInto('transcripts')
      .columns(['messageId', 'state', 'language', 'attempts', 'dueAt', 'search', 'transcription'])
      .expression((from) =>
        from
          .selectFrom('messages')
          .select([
            'id',
            sql<string>`${state}`.as('state'),
            sql<string | null>`${language}`.as('language'),
            sql<number>`${attempts}`.as('attempts'),
            sql<number>`${dueAt}`.as('dueAt'),
            sql<string>`${search}`.as('search'),
            sql<string | null>`${transcription}`.as('transcription'),
          ])
          .where('id', '=', messageId),
      )
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }

  async put(transcript: Transcript): Promise<void> {
    const { messageId, ...row } = rowOf(transcript);
    await this.#sql
      .updateTable('transcripts')
      .set(row)
      .where('messageId', '=', messageId)
      .execute();
  }

  async get(id: VoicemailId): Promise<Transcript | undefined> {
    const row = await this.#sql
      .selectFrom('transcripts')
      .selectAll()
      .where('messageId', '=', id)
      .executeTakeFirst();
    return row && transcriptOf(row);
  }

  async of(ids: readonly VoicemailId[]): Promise<ReadonlyMap<VoicemailId, TranscriptSummary>> {
    if (ids.length === 0) return new Map();
    const rows = await this.#sql
      .selectFrom('transcripts')
      .select(['messageId', 'state', 'language'])
      .where('messageId', 'in', ids)
      .execute();
    return new Map(
      rows.map(({ messageId, state, language }) => [
        messageId as VoicemailId,
        { state: state as TranscriptSummary['state'], language },
      ]),
    );
  }

  async next(): Promise<{ transcript: Transcript; message: Message } | undefined> {
    const row = await this.#sql
      .selectFrom('transcripts')
      .innerJoin('messages', 'messages.id', 'transcripts.messageId')
      .selectAll('transcripts')
      .select('message')
      .where('transcripts.state', '=', 'pending')
      .orderBy('dueAt')
      .orderBy('messageId')
      .executeTakeFirst();
    return row && { transcript: transcriptOf(row), message: messageOf(row) };
  }

  async sameSound({ recordingId }: Message): Promise<Transcription | undefined> {
    const row = await this.#sql
      .selectFrom('transcripts')
      .innerJoin('messages', 'messages.id', 'transcripts.messageId')
      .selectAll('transcripts')
      .where('messages.recordingId', '=', recordingId)
      .where('transcripts.state', '=', 'ready')
      .limit(1)
      .executeTakeFirst();
    return (row && transcriptOf(row).transcription) ?? undefined;
  }

  async missing(since: number): Promise<Message[]> {
    const rows = await this.#sql
      .selectFrom('messages')
      .leftJoin('transcripts', 'transcripts.messageId', 'messages.id')
      .select('message')
      .where('messages.state', '=', 'delivered')
      .where('transcripts.messageId', 'is', null)
      .where(sql<boolean>`json_extract(message, '$.createdAt') >= ${since}`)
      .execute();
    return rows.map(messageOf);
  }
}

const rowOf = ({ transcription, ...transcript }: Transcript): TranscriptRow => ({
  ...transcript,
  language: transcription?.language ?? null,
  search: fold(transcription?.text ?? ''),
  transcription: transcription && JSON.stringify(transcription),
});

/** Nobody but us writes here, so what is read is what was written. */
const transcriptOf = (row: TranscriptRow): Transcript => ({
  messageId: row.messageId as VoicemailId,
  state: row.state as Transcript['state'],
  attempts: row.attempts,
  dueAt: row.dueAt,
  transcription:
    row.transcription === null ? null : (JSON.parse(row.transcription) as Transcription),
});
