import { sql as raw, type Kysely } from 'kysely';
import type { Account, AccountStore } from '../accounts/Account.ts';
import type { UserId } from '../protocol/ids.ts';
import type { PersonSettings, UserRole } from '../protocol/people.ts';
import type { Database } from './Database.ts';
import type { AccountRow, Tables } from './tables.ts';

const NOBODY = '';
const COLUMNS = [
  'id',
  'name',
  'displayName',
  'role',
  'passwordHash',
  'openId',
  'settings',
  'createdAt',
] as const;

/** As long as somebody's row, in the order of the columns. */
const nobody = raw<AccountRow>`select ${NOBODY}, 'nobody-here', 'Nobody here', 'member', ${'x'.repeat(97)}, null, ${JSON.stringify(
  {
    availability: 'automatic',
    presenceVisibleTo: 'members',
    ringSeconds: 25,
    callWaiting: true,
    videoMessages: true,
    mailAddress: null,
    mailMessages: false,
    mailSound: false,
    mailReads: false,
    voicemail: true,
    keepVoicemailDays: null,
    timeZone: 'Europe/Berlin',
  } satisfies PersonSettings,
)}, 0`;

export class SqlAccounts implements AccountStore {
  readonly #sql: Kysely<Tables>;

  constructor(database: Database) {
    this.#sql = database.sql;
  }

  async add(account: Account): Promise<boolean> {
    const { numInsertedOrUpdatedRows } = await this.#sql
      .insertInto('accounts')
      .values(rowOf(account))
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst();
    return (numInsertedOrUpdatedRows ?? 0n) > 0n;
  }

  async update(account: Account): Promise<boolean> {
    const { numUpdatedRows } = await this.#sql
      .updateTable('accounts')
      .set(rowOf(account))
      .where('id', '=', account.id)
      .executeTakeFirst();
    return numUpdatedRows > 0n;
  }

  async remove(id: UserId): Promise<boolean> {
    const { numDeletedRows } = await this.#sql
      .deleteFrom('accounts')
      .where('id', '=', id)
      .executeTakeFirst();
    return numDeletedRows > 0n;
  }

  find(id: UserId): Promise<Account | undefined> {
    return this.#findBy('id', id);
  }

  findByName(name: string): Promise<Account | undefined> {
    return this.#findBy('name', name);
  }

  findByOpenId(openId: string): Promise<Account | undefined> {
    return this.#findBy('openId', openId);
  }

  async all(): Promise<Account[]> {
    const rows = await this.#sql.selectFrom('accounts').selectAll().orderBy('id').execute();
    return rows.map(accountOf);
  }

  /** Reads a row whether there is one or not: how long it takes does not say who there is. */
  async #findBy(column: 'id' | 'name' | 'openId', value: string): Promise<Account | undefined> {
    const row = await this.#sql
      .selectFrom('accounts')
      .select(COLUMNS)
      .where(column, '=', value)
      // SQLite answers them in this order.
      .unionAll(nobody)
      .limit(1)
      .executeTakeFirstOrThrow();
    const account = accountOf(row);
    return row.id === NOBODY ? undefined : account;
  }
}

const rowOf = ({ settings, ...account }: Account): AccountRow => ({
  ...account,
  settings: JSON.stringify(settings),
});

/** Nobody but us writes here, so what is read is what was written. */
const accountOf = (row: AccountRow): Account => ({
  ...row,
  id: row.id as UserId,
  role: row.role as UserRole,
  settings: JSON.parse(row.settings) as PersonSettings,
});
