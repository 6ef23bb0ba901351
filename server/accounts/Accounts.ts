import { EventEmitter } from 'node:events';
import { AppError } from '../base/AppError.ts';
import type { Clock } from '../base/Clock.ts';
import { SerialQueue } from '../base/SerialQueue.ts';
import { newId, type UserId } from '../protocol/ids.ts';
import { foldUserName, type PersonSettings, type UserRole } from '../protocol/people.ts';
import type { Account, AccountStore } from './Account.ts';
import { hashPassword, passwordFits } from './passwords.ts';

/** How somebody new is set up. */
const newSettings = (timeZone: string): PersonSettings => ({
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
  timeZone,
});

export interface NewAccount {
  readonly name: string;
  readonly displayName?: string | undefined;
  readonly role?: UserRole | undefined;
  readonly password?: string | undefined;
  readonly openId?: string | undefined;
}

export interface AccountPatch {
  readonly displayName?: string | undefined;
  readonly role?: UserRole | undefined;
  readonly password?: string | undefined;
  readonly settings?: Partial<PersonSettings> | undefined;
}

export type AccountsEvents = {
  changed: [account: Account];
  /** Their password is another one now: what was signed in with the old one is not. */
  passwordChanged: [account: Account];
  removed: [account: Account];
};

/** Who is known here. */
export class Accounts extends EventEmitter<AccountsEvents> {
  readonly #store: AccountStore;
  readonly #clock: Clock;
  readonly #timeZone: string;
  /** One change at a time, so that the last administrator cannot go twice. */
  readonly #changes = new SerialQueue();

  /** `timeZone`: of people who have not said theirs. */
  constructor(options: { store: AccountStore; clock: Clock; timeZone: string }) {
    super();
    this.#store = options.store;
    this.#clock = options.clock;
    this.#timeZone = options.timeZone;
  }

  /** Oldest first. */
  all(): Promise<Account[]> {
    return this.#store.all();
  }

  find(id: UserId): Promise<Account | undefined> {
    return this.#store.find(id);
  }

  /** In any spelling. */
  findByName(name: string): Promise<Account | undefined> {
    return this.#store.findByName(foldUserName(name));
  }

  findByOpenId(openId: string): Promise<Account | undefined> {
    return this.#store.findByOpenId(openId);
  }

  /** AppError `wrong_state` when the name is taken. */
  async create({ name, displayName, role, password, openId }: NewAccount): Promise<Account> {
    if (foldUserName(name) === 'me') throw new AppError('wrong_state', 'This name stands for you.');
    const account: Account = {
      id: newId('user'),
      name: foldUserName(name),
      displayName: displayName ?? name,
      role: role ?? 'member',
      passwordHash: password === undefined ? null : await hashPassword(password),
      openId: openId ?? null,
      settings: newSettings(this.#timeZone),
      createdAt: this.#clock.now(),
    };
    if (await this.#store.add(account)) return account;
    throw new AppError('wrong_state', 'Somebody has this name already.');
  }

  /** AppError `not_found`; `wrong_state` for the last administrator's role; `bad_request`. */
  async update(id: UserId, { password, settings, ...patch }: AccountPatch): Promise<Account> {
    if (settings?.timeZone !== undefined) checkTimeZone(settings.timeZone);
    const passwordHash = password === undefined ? undefined : await hashPassword(password);
    const changed = await this.#changes.run(async () => {
      const account = await this.#existing(id);
      if (patch.role === 'member') await this.#notTheLast(account);
      const now: Account = {
        ...account,
        displayName: patch.displayName ?? account.displayName,
        role: patch.role ?? account.role,
        passwordHash: passwordHash ?? account.passwordHash,
        settings: { ...account.settings, ...settings },
      };
      await this.#store.update(now);
      return now;
    });
    this.emit('changed', changed);
    if (passwordHash !== undefined) this.emit('passwordChanged', changed);
    return changed;
  }

  /** AppError `not_found`, `wrong_state` for the last administrator. */
  async remove(id: UserId): Promise<void> {
    const account = await this.#changes.run(async () => {
      const found = await this.#existing(id);
      await this.#notTheLast(found);
      await this.#store.remove(id);
      return found;
    });
    this.emit('removed', account);
  }

  /** Whose name and password these are; as slow for a name that nobody has. */
  async whose(name: string, password: string): Promise<Account | undefined> {
    const account = await this.findByName(name);
    const fits = await passwordFits(password, account?.passwordHash ?? null);
    return fits ? account : undefined;
  }

  async #existing(id: UserId): Promise<Account> {
    const account = await this.#store.find(id);
    if (!account) throw personNotFound();
    return account;
  }

  async #notTheLast({ id, role }: Account): Promise<void> {
    if (role !== 'admin') return;
    const all = await this.#store.all();
    if (all.some((other) => other.role === 'admin' && other.id !== id)) return;
    throw new AppError('wrong_state', 'Somebody has to be the administrator.');
  }
}

export const personNotFound = (): AppError => new AppError('not_found', 'There is no such person.');

const checkTimeZone = (timeZone: string): void => {
  try {
    Intl.DateTimeFormat('en', { timeZone });
  } catch (error) {
    throw new AppError('bad_request', 'There is no such time zone.', {
      cause: error,
      fields: [{ pointer: '/settings/timeZone', message: 'must be a name such as Europe/Berlin' }],
    });
  }
};
