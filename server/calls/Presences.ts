import type { Account } from '../accounts/Account.ts';
import type { Accounts } from '../accounts/Accounts.ts';
import type { Logger } from '../base/logger.ts';
import type { UserId } from '../protocol/ids.ts';
import type { Person, Presence } from '../protocol/people.ts';
import type { Registrar } from './Registrar.ts';

export interface PresencesOptions {
  readonly accounts: Accounts;
  readonly registrar: Registrar;
  readonly isInCall: (userId: UserId) => boolean;
  readonly logger: Logger;
}

/** Who is there, and who may see it. */
export class Presences {
  readonly #options: PresencesOptions;
  /** What was told of somebody last. */
  readonly #told = new Map<UserId, Presence>();

  constructor(options: PresencesOptions) {
    this.#options = options;
    options.registrar.on('changed', (userId) => this.changed(userId));
    options.accounts.on('changed', (account) => this.#tell(account, true));
    options.accounts.on('removed', ({ id }) => this.#told.delete(id));
  }

  of({ id, settings: { availability } }: Account): Presence {
    const browsers = this.#options.registrar.of(id);
    if (browsers.length === 0) return 'offline';
    if (availability === 'doNotDisturb') return 'doNotDisturb';
    if (this.#options.isInCall(id)) return 'inCall';
    if (availability === 'away') return 'away';
    return browsers.some(({ active }) => active) ? 'online' : 'away';
  }

  /** A person as somebody sees them; without a viewer: as a guest does. */
  seenBy(account: Account, viewer: Account | undefined, seesAll = false): Person {
    const { name, displayName } = account;
    const visible = seesAll || maySee(account, viewer);
    return { name, displayName, presence: visible ? this.of(account) : null };
  }

  /** Something happened that their presence may depend on. */
  changed(userId: UserId): void {
    const { accounts, logger } = this.#options;
    accounts.find(userId).then(
      (account) => account && this.#tell(account, false),
      (error: unknown) => logger.error({ err: error }, 'presence not told'),
    );
  }

  /** To everybody who may see it. */
  #tell(account: Account, always: boolean): void {
    const presence = this.of(account);
    if (!always && this.#told.get(account.id) === presence) return;
    if (presence === 'offline') this.#told.delete(account.id);
    else this.#told.set(account.id, presence);
    const { registrar } = this.#options;
    const { name, displayName, settings } = account;
    const open = { name, displayName, presence };
    const closed = { name, displayName, presence: null };
    for (const userId of registrar.users()) {
      const mayKnow = settings.presenceVisibleTo !== 'nobody' || userId === account.id;
      if (!mayKnow && !always) continue;
      registrar.tell(userId, { name: 'presenceChanged', data: mayKnow ? open : closed });
    }
  }
}

const maySee = ({ id, settings }: Account, viewer: Account | undefined): boolean => {
  if (settings.presenceVisibleTo === 'everybody' || viewer?.id === id) return true;
  return settings.presenceVisibleTo === 'members' && viewer !== undefined;
};
