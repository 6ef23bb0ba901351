import type { Kysely } from 'kysely';
import type { UserId } from '../protocol/ids.ts';
import type { MailboxRole } from '../protocol/mailboxes.ts';
import type { MailboxMember, MailboxStore } from '../voicemail/MailboxMembers.ts';
import type { Database } from './Database.ts';
import type { Tables } from './tables.ts';

export class SqlMailboxes implements MailboxStore {
  readonly #sql: Kysely<Tables>;

  constructor({ sql }: Database) {
    this.#sql = sql;
  }

  async quotaOf(mailbox: UserId): Promise<number | undefined> {
    const row = await this.#sql
      .selectFrom('mailboxQuotas')
      .select('bytes')
      .where('mailbox', '=', mailbox)
      .executeTakeFirst();
    return row?.bytes;
  }

  async setQuota(mailbox: UserId, bytes: number | null): Promise<void> {
    if (bytes === null) {
      await this.#sql.deleteFrom('mailboxQuotas').where('mailbox', '=', mailbox).execute();
      return;
    }
    await this.#sql
      .insertInto('mailboxQuotas')
      .values({ mailbox, bytes })
      .onConflict((conflict) => conflict.column('mailbox').doUpdateSet({ bytes }))
      .execute();
  }

  async members(mailbox: UserId): Promise<MailboxMember[]> {
    const rows = await this.#sql
      .selectFrom('mailboxMembers')
      .selectAll()
      .where('mailbox', '=', mailbox)
      .orderBy('member')
      .execute();
    return rows.map(memberOf);
  }

  async of(member: UserId): Promise<MailboxMember[]> {
    const rows = await this.#sql
      .selectFrom('mailboxMembers')
      .selectAll()
      .where('member', '=', member)
      .orderBy('mailbox')
      .execute();
    return rows.map(memberOf);
  }

  async roleIn(mailbox: UserId, member: UserId): Promise<MailboxRole | undefined> {
    const row = await this.#sql
      .selectFrom('mailboxMembers')
      .selectAll()
      .where('mailbox', '=', mailbox)
      .where('member', '=', member)
      .executeTakeFirst();
    return row && memberOf(row).role;
  }

  async setMember({ mailbox, member, role }: MailboxMember): Promise<void> {
    await this.#sql
      .insertInto('mailboxMembers')
      .values({ mailbox, member, role })
      .onConflict((conflict) => conflict.columns(['mailbox', 'member']).doUpdateSet({ role }))
      .execute();
  }

  async removeMember(mailbox: UserId, member: UserId): Promise<boolean> {
    const { numDeletedRows } = await this.#sql
      .deleteFrom('mailboxMembers')
      .where('mailbox', '=', mailbox)
      .where('member', '=', member)
      .executeTakeFirst();
    return numDeletedRows > 0n;
  }
}

/** Nobody but us writes here, so what is read is what was written. */
const memberOf = (row: Tables['mailboxMembers']): MailboxMember => ({
  mailbox: row.mailbox as UserId,
  member: row.member as UserId,
  role: row.role as MailboxRole,
});
