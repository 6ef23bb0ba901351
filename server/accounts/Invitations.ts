import { AppError } from '../base/AppError.ts';
import type { Clock } from '../base/Clock.ts';
import { SerialQueue } from '../base/SerialQueue.ts';
import { newId, type InvitationId } from '../protocol/ids.ts';
import { foldUserName, type UserRole } from '../protocol/people.ts';
import type { Account, Invitation, InvitationStore } from './Account.ts';
import type { Accounts } from './Accounts.ts';
import { hashSecret, newSecret } from './secret.ts';

/** Longer forgives who reads their mail late. */
const LASTS_SECONDS = 7 * 24 * 3_600;

interface Invited {
  readonly userName: string;
  readonly displayName?: string | undefined;
  readonly password: string;
}

/** That can be accepted. More are nobody's plan, and each is looked through at times. */
const MAX_OPEN = 1_000;

/** Links that make one account each. */
export class Invitations {
  readonly #store: InvitationStore;
  readonly #accounts: Accounts;
  readonly #clock: Clock;
  /** One at a time: one that is being accepted cannot be taken back, and then come back. */
  readonly #changes = new SerialQueue();

  constructor(options: { store: InvitationStore; accounts: Accounts; clock: Clock }) {
    this.#store = options.store;
    this.#accounts = options.accounts;
    this.#clock = options.clock;
  }

  /**
   * The secret is told here and never again. AppError `wrong_state` when the name is taken, or too many
   * are open.
   */
  async create(options: {
    userName?: string | undefined;
    role?: UserRole | undefined;
    expiresInSeconds?: number | undefined;
  }): Promise<{ invitation: Invitation; secret: string }> {
    const { userName, role = 'member', expiresInSeconds = LASTS_SECONDS } = options;
    if (userName !== undefined && (await this.#accounts.findByName(userName))) {
      throw new AppError('wrong_state', 'Somebody has this name already.');
    }
    await this.#makePlace();
    const secret = newSecret();
    const createdAt = this.#clock.now();
    const invitation: Invitation = {
      id: newId('invite'),
      secretHash: hashSecret(secret).toString('hex'),
      userName: userName === undefined ? null : foldUserName(userName),
      role,
      createdAt,
      expiresAt: createdAt + expiresInSeconds * 1000,
    };
    await this.#store.add(invitation);
    return { invitation, secret };
  }

  /** Those that can still be accepted, oldest first. */
  async list(): Promise<Invitation[]> {
    const now = this.#clock.now();
    return (await this.#store.all()).filter(({ expiresAt }) => expiresAt > now);
  }

  /** AppError `not_found`. */
  async revoke(id: InvitationId): Promise<void> {
    if (!(await this.#changes.run(() => this.#store.remove(id)))) throw notFound();
  }

  /** AppError `not_found`, in the same words whatever is wrong with it. */
  async open(secret: string): Promise<Invitation> {
    const invitation = await this.#store.find(hashSecret(secret).toString('hex'));
    if (!invitation || invitation.expiresAt <= this.#clock.now()) throw notFound();
    return invitation;
  }

  /**
   * Makes the account; of many who try at once one succeeds. AppError `not_found`, `wrong_state`
   * when the name is taken (the invitation stays good), `bad_request` when it is not the one invited.
   */
  accept(secret: string, person: Invited): Promise<Account> {
    return this.#changes.run(() => this.#accept(secret, person));
  }

  async #makePlace(): Promise<void> {
    await this.#store.removeExpired(this.#clock.now());
    if ((await this.#store.count()) < MAX_OPEN) return;
    throw new AppError('wrong_state', 'Too many invitations are open: take some back.');
  }

  async #accept(secret: string, person: Invited): Promise<Account> {
    const invitation = await this.open(secret);
    const name = foldUserName(person.userName);
    if (invitation.userName !== null && invitation.userName !== name) {
      throw new AppError('bad_request', 'The invitation is for another name.', {
        fields: [{ pointer: '/userName', message: 'must be the name of the invitation' }],
      });
    }
    if (!(await this.#store.remove(invitation.id))) throw notFound();
    const { displayName, password } = person;
    try {
      return await this.#accounts.create({
        name: person.userName,
        displayName,
        password,
        role: invitation.role,
      });
    } catch (error) {
      await this.#store.add(invitation);
      throw error;
    }
  }
}

const notFound = (): AppError =>
  new AppError('not_found', 'There is no such invitation, or no longer.');
