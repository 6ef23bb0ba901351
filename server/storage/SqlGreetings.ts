import type { ExpressionBuilder, Kysely } from 'kysely';
import type { UserId } from '../protocol/ids.ts';
import type { Greeting, GreetingKey, GreetingStore } from '../voicemail/Greeting.ts';
import type { Database } from './Database.ts';
import type { Tables } from './tables.ts';

/** With their sounds: they are small, and go with their owner. */
export class SqlGreetings implements GreetingStore {
  readonly #sql: Kysely<Tables>;

  constructor(database: Database) {
    this.#sql = database.sql;
  }

  async of(userId: UserId): Promise<Greeting[]> {
    const rows = await this.#sql
      .selectFrom('greetings')
      .select(['kind', 'language', 'until', 'durationMs', 'bytes', 'updatedAt'])
      .where('userId', '=', userId)
      .orderBy('kind')
      .orderBy('language')
      .execute();
    return rows.map(({ language, ...row }) => ({
      ...row,
      userId,
      language: language === '' ? null : language,
    }));
  }

  async sound(key: GreetingKey): Promise<Buffer | undefined> {
    const row = await this.#sql
      .selectFrom('greetings')
      .select('sound')
      .where(isOf(key))
      .executeTakeFirst();
    return row?.sound;
  }

  async put(greeting: Greeting, sound: Buffer): Promise<void> {
    const row = { ...greeting, language: greeting.language ?? '', sound };
    await this.#sql
      .insertInto('greetings')
      .values(row)
      .onConflict((conflict) => conflict.columns(['userId', 'kind', 'language']).doUpdateSet(row))
      .execute();
  }

  async setUntil(key: GreetingKey, until: number | null): Promise<boolean> {
    const { numUpdatedRows } = await this.#sql
      .updateTable('greetings')
      .set({ until })
      .where(isOf(key))
      .executeTakeFirst();
    return numUpdatedRows > 0n;
  }

  async remove(key: GreetingKey): Promise<boolean> {
    const { numDeletedRows } = await this.#sql
      .deleteFrom('greetings')
      .where(isOf(key))
      .executeTakeFirst();
    return numDeletedRows > 0n;
  }
}

const isOf =
  ({ userId, kind, language }: GreetingKey) =>
  (row: ExpressionBuilder<Tables, 'greetings'>) =>
    row.and({ userId, kind, language: language ?? '' });
