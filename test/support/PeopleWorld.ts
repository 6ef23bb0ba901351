import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Account } from '../../server/accounts/Account.ts';
import { createPeople, type People } from '../../server/accounts/People.ts';
import { FakeClock } from '../../server/base/FakeClock.ts';
import { createLogger } from '../../server/base/logger.ts';
import { Database } from '../../server/storage/Database.ts';
import { SqlAccounts } from '../../server/storage/SqlAccounts.ts';
import { SqlInvitations } from '../../server/storage/SqlInvitations.ts';
import { SqlSignIns } from '../../server/storage/SqlSignIns.ts';

/** People with a database, and nothing around them. Time is turned by hand. */
export class PeopleWorld {
  readonly clock: FakeClock;
  readonly people: People;
  readonly #database: Database;
  readonly #folder: string;

  static async create(): Promise<PeopleWorld> {
    const folder = mkdtempSync(join(tmpdir(), 'roomtone-people-'));
    return new PeopleWorld(folder, await Database.open(join(folder, 'test.db')));
  }

  private constructor(folder: string, database: Database) {
    this.#folder = folder;
    this.#database = database;
    this.clock = new FakeClock();
    this.people = createPeople({
      stores: {
        accounts: new SqlAccounts(database),
        signIns: new SqlSignIns(database),
        invitations: new SqlInvitations(database),
      },
      clock: this.clock,
      logger: createLogger('silent'),
      timeZone: 'Europe/Berlin',
    });
  }

  /** Without a password, which takes a while. */
  person(name: string, role?: Account['role']): Promise<Account> {
    return this.people.accounts.create({ name, role });
  }

  async close(): Promise<void> {
    this.people.signIns.close();
    await this.#database.close();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
