import { EventEmitter } from 'node:events';
import type { Accounts } from '../accounts/Accounts.ts';
import { AppError } from '../base/AppError.ts';
import type { UserId } from '../protocol/ids.ts';
import type { MailboxRole } from '../protocol/mailboxes.ts';
import type { Account } from '../accounts/Account.ts';

/** More are a department, and should have several mailboxes. */
const MAX_MEMBERS = 100;

/** Somebody who looks after a mailbox that is not their own. */
export interface MailboxMember {
  readonly mailbox: UserId;
  readonly member: UserId;
  readonly role: MailboxRole;
}

export interface MailboxStore {
  /** Undefined: what all have. */
  quotaOf(mailbox: UserId): Promise<number | undefined>;
  /** Null: what all have. */
  setQuota(mailbox: UserId, bytes: number | null): Promise<void>;
  /** Who has been known here longest first. */
  members(mailbox: UserId): Promise<MailboxMember[]>;
  /** The mailboxes that somebody looks after, oldest first. */
  of(member: UserId): Promise<MailboxMember[]>;
  roleIn(mailbox: UserId, member: UserId): Promise<MailboxRole | undefined>;
  /** Adds, or changes the role. */
  setMember(member: MailboxMember): Promise<void>;
  /** False when they were none. */
  removeMember(mailbox: UserId, member: UserId): Promise<boolean>;
}

export type MailboxMembersEvents = {
  /** Somebody looks after it, or does no more. */
  changed: [mailbox: UserId, member: UserId];
};

/** Who looks after whose mailbox. */
export class MailboxMembers extends EventEmitter<MailboxMembersEvents> {
  readonly #store: MailboxStore;
  readonly #accounts: Accounts;

  constructor({ store, accounts }: { store: MailboxStore; accounts: Accounts }) {
    super();
    this.#store = store;
    this.#accounts = accounts;
  }

  roleIn(mailbox: UserId, member: UserId): Promise<MailboxRole | undefined> {
    return this.#store.roleIn(mailbox, member);
  }

  async of(mailbox: UserId): Promise<{ account: Account; role: MailboxRole }[]> {
    const members = await this.#store.members(mailbox);
    return this.#withAccounts(members.map(({ member, role }) => ({ id: member, role })));
  }

  /** Those that somebody looks after beside their own. */
  async mailboxesOf(member: UserId): Promise<{ account: Account; role: MailboxRole }[]> {
    const mailboxes = await this.#store.of(member);
    return this.#withAccounts(mailboxes.map(({ mailbox, role }) => ({ id: mailbox, role })));
  }

  /** Whom what happens in a mailbox concerns: its owner, and who looks after it. */
  async readersOf(mailbox: UserId): Promise<UserId[]> {
    return [mailbox, ...(await this.#store.members(mailbox)).map(({ member }) => member)];
  }

  /** AppError `not_found` for nobody of that name, `wrong_state` for its owner and for too many. */
  async set(mailbox: Account, name: string, role: MailboxRole): Promise<Account> {
    const account = await this.#accounts.findByName(name);
    if (!account) throw notMember();
    if (account.id === mailbox.id) throw new AppError('wrong_state', 'It is their own mailbox.');
    const members = await this.#store.members(mailbox.id);
    const isNew = members.every(({ member }) => member !== account.id);
    if (isNew && members.length >= MAX_MEMBERS) {
      throw new AppError('wrong_state', 'Too many look after this mailbox.');
    }
    await this.#store.setMember({ mailbox: mailbox.id, member: account.id, role });
    this.emit('changed', mailbox.id, account.id);
    return account;
  }

  /** AppError `not_found`. */
  async remove(mailbox: Account, name: string): Promise<void> {
    const account = await this.#accounts.findByName(name);
    if (!account || !(await this.#store.removeMember(mailbox.id, account.id))) throw notMember();
    this.emit('changed', mailbox.id, account.id);
  }

  async #withAccounts(
    members: { id: UserId; role: MailboxRole }[],
  ): Promise<{ account: Account; role: MailboxRole }[]> {
    const found = await Promise.all(
      members.map(async ({ id, role }) => ({ account: await this.#accounts.find(id), role })),
    );
    return found.flatMap(({ account, role }) => (account ? [{ account, role }] : []));
  }
}

const notMember = (): AppError => new AppError('not_found', 'There is no such person.');
