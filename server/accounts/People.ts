import type { Clock } from '../base/Clock.ts';
import type { Logger } from '../base/logger.ts';
import type { AccountStore, InvitationStore, SignInStore } from './Account.ts';
import { Accounts } from './Accounts.ts';
import { Invitations } from './Invitations.ts';
import { SignIns } from './SignIns.ts';

/** All there is of people. */
export interface People {
  readonly accounts: Accounts;
  readonly signIns: SignIns;
  readonly invitations: Invitations;
}

export const createPeople = ({
  stores,
  clock,
  logger,
  timeZone,
}: {
  stores: { accounts: AccountStore; signIns: SignInStore; invitations: InvitationStore };
  clock: Clock;
  logger: Logger;
  timeZone: string;
}): People => {
  const accounts = new Accounts({ store: stores.accounts, clock, timeZone });
  return {
    accounts,
    signIns: new SignIns({ store: stores.signIns, accounts, clock, logger }),
    invitations: new Invitations({ store: stores.invitations, accounts, clock }),
  };
};
