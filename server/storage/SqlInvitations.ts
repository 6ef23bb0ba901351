import type { Kysely } from 'kysely';
import type { Invitation, InvitationStore } from '../accounts/Account.ts';
import type { InvitationId } from '../protocol/ids.ts';
import type { UserRole } from '../protocol/people.ts';
import type { Database } from './Database.ts';
import type { InvitationRow, Tables } from './tables.ts';

export class SqlInvitations implements InvitationStore {
  readonly #sql: Kysely<Tables>;

  constructor({ sql }: Database) {
    this.#sql = sql;
  }

  async add(invitation: Invitation): Promise<void> {
    await this.#sql.insertInto('invitations').values(invitation).execute();
  }

  async find(secretHash: string): Promise<Invitation | undefined> {
    const row = await this.#sql
      .selectFrom('invitations')
      .selectAll()
      .where('secretHash', '=', secretHash)
      .executeTakeFirst();
    return row && invitationOf(row);
  }

  async all(): Promise<Invitation[]> {
    const rows = await this.#sql.selectFrom('invitations').selectAll().orderBy('id').execute();
    return rows.map(invitationOf);
  }

  async count(): Promise<number> {
    const { count } = await this.#sql
      .selectFrom('invitations')
      .select(({ fn }) => fn.countAll<number>().as('count'))
      .executeTakeFirstOrThrow();
    return count;
  }

  async removeExpired(now: number): Promise<void> {
    await this.#sql.deleteFrom('invitations').where('expiresAt', '<=', now).execute();
  }

  async remove(id: InvitationId): Promise<boolean> {
    const { numDeletedRows } = await this.#sql
      .deleteFrom('invitations')
      .where('id', '=', id)
      .executeTakeFirst();
    return numDeletedRows > 0n;
  }
}

const invitationOf = (row: InvitationRow): Invitation => ({
  ...row,
  id: row.id as InvitationId,
  role: row.role as UserRole,
});
