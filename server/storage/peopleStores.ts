import type { Database } from './Database.ts';
import { SqlAccounts } from './SqlAccounts.ts';
import { SqlInvitations } from './SqlInvitations.ts';
import { SqlSignIns } from './SqlSignIns.ts';

/** All that is kept of people. */
export const peopleStores = (database: Database) => ({
  accounts: new SqlAccounts(database),
  signIns: new SqlSignIns(database),
  invitations: new SqlInvitations(database),
});
