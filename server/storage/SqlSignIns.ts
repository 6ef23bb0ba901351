import type { Kysely } from 'kysely';
import type { SignIn, SignInStore } from '../accounts/Account.ts';
import type { SignInId, UserId } from '../protocol/ids.ts';
import type { Database } from './Database.ts';
import type { SignInRow, Tables } from './tables.ts';

export class SqlSignIns implements SignInStore {
  readonly #sql: Kysely<Tables>;

  constructor({ sql }: Database) {
    this.#sql = sql;
  }

  async add(signIn: SignIn): Promise<void> {
    await this.#sql.insertInto('signIns').values(signIn).execute();
  }

  async find(secretHash: string): Promise<SignIn | undefined> {
    const row = await this.#sql
      .selectFrom('signIns')
      .selectAll()
      .where('secretHash', '=', secretHash)
      .executeTakeFirst();
    return row && signInOf(row);
  }

  async of(userId: UserId): Promise<SignIn[]> {
    const rows = await this.#sql
      .selectFrom('signIns')
      .selectAll()
      .where('userId', '=', userId)
      .orderBy('id')
      .execute();
    return rows.map(signInOf);
  }

  async seen(id: SignInId, at: number): Promise<void> {
    await this.#sql.updateTable('signIns').set({ lastSeenAt: at }).where('id', '=', id).execute();
  }

  async remove(id: SignInId): Promise<boolean> {
    const { numDeletedRows } = await this.#sql
      .deleteFrom('signIns')
      .where('id', '=', id)
      .executeTakeFirst();
    return numDeletedRows > 0n;
  }

  async removeExpired(now: number): Promise<SignIn[]> {
    const rows = await this.#sql
      .deleteFrom('signIns')
      .where('expiresAt', '<=', now)
      .returningAll()
      .execute();
    return rows.map(signInOf);
  }
}

const signInOf = (row: SignInRow): SignIn => ({
  ...row,
  id: row.id as SignInId,
  userId: row.userId as UserId,
});
