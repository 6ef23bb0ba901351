import type { Kysely } from 'kysely';
import type { ApiKey, ApiKeyStore } from '../accounts/ApiKeyStore.ts';
import type { KeyId } from '../protocol/ids.ts';
import type { Scope } from '../protocol/rest.ts';
import type { Database } from './Database.ts';
import type { ApiKeyRow, Tables } from './tables.ts';

export class SqlApiKeys implements ApiKeyStore {
  readonly #sql: Kysely<Tables>;

  constructor({ sql }: Database) {
    this.#sql = sql;
  }

  async put(key: ApiKey): Promise<void> {
    const row = { ...key, scopes: JSON.stringify(key.scopes) };
    await this.#sql
      .insertInto('apiKeys')
      .values(row)
      .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
      .execute();
  }

  async find(secretHash: string): Promise<ApiKey | undefined> {
    const row = await this.#sql
      .selectFrom('apiKeys')
      .selectAll()
      .where('secretHash', '=', secretHash)
      .executeTakeFirst();
    return row && keyOf(row);
  }

  async all(): Promise<ApiKey[]> {
    const rows = await this.#sql.selectFrom('apiKeys').selectAll().orderBy('id').execute();
    return rows.map(keyOf);
  }

  async remove(id: KeyId): Promise<boolean> {
    const { numDeletedRows } = await this.#sql
      .deleteFrom('apiKeys')
      .where('id', '=', id)
      .executeTakeFirst();
    return numDeletedRows > 0n;
  }

  async used(id: KeyId, at: number): Promise<void> {
    await this.#sql.updateTable('apiKeys').set({ lastUsedAt: at }).where('id', '=', id).execute();
  }
}

/** Nobody but us writes here, so what is read is what was written. */
const keyOf = (row: ApiKeyRow): ApiKey => ({
  ...row,
  id: row.id as KeyId,
  scopes: JSON.parse(row.scopes) as Scope[],
});
