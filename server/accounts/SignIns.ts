import { AppError } from '../base/AppError.ts';
import { EventEmitter } from 'node:events';
import type { Clock } from '../base/Clock.ts';
import type { Logger } from '../base/logger.ts';
import { newId, type SignInId, type UserId } from '../protocol/ids.ts';
import type { Account, SignIn, SignInStore } from './Account.ts';
import type { Accounts } from './Accounts.ts';
import { hashSecret, newSecret } from './secret.ts';

/** Longer spares people their passwords, shorter ends what was forgotten on a borrowed machine. */
const LASTS_MS = 30 * 24 * 3_600_000;
/** Written no oftener, so that a busy browser does not keep the disk busy. */
const SEEN_EVERY_MS = 60_000;
/** What a sign-in let in goes so long after it has run out, at the latest. */
const SWEEP_EVERY_MS = 60_000;
/** Of one person; the one that was not seen for longest makes place. */
const MAX_SIGN_INS = 50;
const MAX_DEVICE_LENGTH = 80;

export type SignInsEvents = {
  /** Good for nothing from now on: whatever it let in has to go. */
  ended: [signIn: SignIn];
};

/** The browsers in which people are signed in. */
export class SignIns extends EventEmitter<SignInsEvents> {
  readonly #store: SignInStore;
  readonly #accounts: Accounts;
  readonly #clock: Clock;
  readonly #logger: Logger;
  readonly #stopSweeping: () => void;
  #sweeping = false;

  constructor(options: { store: SignInStore; accounts: Accounts; clock: Clock; logger: Logger }) {
    super();
    this.#store = options.store;
    this.#accounts = options.accounts;
    this.#clock = options.clock;
    this.#logger = options.logger;
    this.#stopSweeping = options.clock.every(SWEEP_EVERY_MS, () => void this.#sweep());
  }

  /**
   * The secret is told here and never again. AppError `unauthorized` when the person was removed, or
   * their password changed, since the account was looked at: that ended those that were there by then.
   */
  async start(account: Account, device: string): Promise<{ signIn: SignIn; secret: string }> {
    await this.#makePlace(account.id);
    const secret = newSecret();
    const now = this.#clock.now();
    const signIn: SignIn = {
      id: newId('signin'),
      userId: account.id,
      secretHash: hashSecret(secret).toString('hex'),
      device: device.slice(0, MAX_DEVICE_LENGTH),
      createdAt: now,
      lastSeenAt: now,
      expiresAt: now + LASTS_MS,
    };
    if (!(await this.#isStill(account))) throw tooLate();
    await this.#store.add(signIn);
    if (!(await this.#isStill(account))) {
      await this.#end(signIn);
      throw tooLate();
    }
    return { signIn, secret };
  }

  /** Who holds this secret; undefined: nobody, or no longer. */
  async whose(secret: string): Promise<{ account: Account; signIn: SignIn } | undefined> {
    const signIn = await this.#store.find(hashSecret(secret).toString('hex'));
    const now = this.#clock.now();
    if (!signIn || signIn.expiresAt <= now) return undefined;
    const account = await this.#accounts.find(signIn.userId);
    if (!account) return undefined;
    if (signIn.lastSeenAt + SEEN_EVERY_MS <= now) await this.#store.seen(signIn.id, now);
    return { account, signIn };
  }

  /** Oldest first. */
  async of(userId: UserId): Promise<SignIn[]> {
    const now = this.#clock.now();
    return (await this.#store.of(userId)).filter(({ expiresAt }) => expiresAt > now);
  }

  /** One's own. It may have ended meanwhile. */
  endOwn(signIn: SignIn): Promise<void> {
    return this.#end(signIn);
  }

  /** AppError `not_found` for one that is not theirs. */
  async end(userId: UserId, id: SignInId): Promise<void> {
    const signIn = (await this.#store.of(userId)).find((other) => other.id === id);
    if (!signIn) throw new AppError('not_found', 'There is no such sign-in.');
    await this.#end(signIn);
  }

  /** All of a person, but one. */
  async endAll(userId: UserId, except?: SignInId): Promise<void> {
    for (const signIn of await this.#store.of(userId)) {
      if (signIn.id !== except) await this.#end(signIn);
    }
  }

  close(): void {
    this.#stopSweeping();
  }

  async #isStill({ id, passwordHash }: Account): Promise<boolean> {
    return (await this.#accounts.find(id))?.passwordHash === passwordHash;
  }

  async #sweep(): Promise<void> {
    if (this.#sweeping) return;
    this.#sweeping = true;
    try {
      const expired = await this.#store.removeExpired(this.#clock.now());
      for (const signIn of expired) this.emit('ended', signIn);
    } catch (error) {
      this.#logger.error({ err: error }, 'expired sign-ins not removed');
    } finally {
      this.#sweeping = false;
    }
  }

  async #end(signIn: SignIn): Promise<void> {
    await this.#store.remove(signIn.id);
    this.emit('ended', signIn);
  }

  async #makePlace(userId: UserId): Promise<void> {
    const all = await this.#store.of(userId);
    const tooMany = all.length - MAX_SIGN_INS + 1;
    if (tooMany <= 0) return;
    const longestAway = all.toSorted((a, b) => a.lastSeenAt - b.lastSeenAt).slice(0, tooMany);
    for (const signIn of longestAway) await this.#end(signIn);
  }
}

const tooLate = (): AppError =>
  new AppError('unauthorized', 'The account is another one now: sign in again.');
