import type { Clock } from '../base/Clock.ts';
import { foldUserName } from '../protocol/people.ts';
import { Allowance, clientKey } from './Allowance.ts';

/** Wrong passwords from one address for one name: more forgives the forgetful. */
const PER_NAME = { times: 10, windowMs: 600_000 };
/** And for any names: a school behind one address has many who mistype. */
const PER_ADDRESS = { times: 100, windowMs: 600_000 };
/** For one name from everywhere: a guesser with many addresses is slowed as well. */
const FROM_ANYWHERE = { times: 100, windowMs: 3_600_000 };
const ANYWHERE = '0.0.0.0';
const MAX_KNOWN = 10_000;

/**
 * Slows down whoever tries passwords, without locking out whose account it is: where somebody has
 * signed in before, what strangers do elsewhere does not count.
 */
export class PasswordGuard {
  readonly #perName: Allowance;
  readonly #perAddress: Allowance;
  readonly #fromAnywhere: Allowance;
  readonly #known = new Set<string>();

  constructor(clock: Clock) {
    this.#perName = new Allowance({ ...PER_NAME, clock });
    this.#perAddress = new Allowance({ ...PER_ADDRESS, clock });
    this.#fromAnywhere = new Allowance({ ...FROM_ANYWHERE, clock });
  }

  /** AppError `rate_limited`, whether there is anybody of that name or not. */
  check(address: string, userName: string): void {
    const name = subjectOf(userName);
    this.#perAddress.check(address);
    this.#perName.check(address, name);
    if (!this.#known.has(clientKey(address) + name)) this.#fromAnywhere.check(ANYWHERE, name);
  }

  /** Before the password is looked at: a thousand at once are not one. */
  spend(address: string, userName: string): void {
    const name = subjectOf(userName);
    this.#perAddress.spend(address);
    this.#perName.spend(address, name);
    this.#fromAnywhere.spend(ANYWHERE, name);
  }

  /** It was right: this address is known for this name from now on, and nothing was spent. */
  pass(address: string, userName: string): void {
    const name = subjectOf(userName);
    this.#perAddress.giveBack(address);
    this.#perName.giveBack(address, name);
    this.#fromAnywhere.giveBack(ANYWHERE, name);
    this.#known.add(clientKey(address) + name);
    if (this.#known.size <= MAX_KNOWN) return;
    const [oldest] = this.#known;
    if (oldest !== undefined) this.#known.delete(oldest);
  }
}

const subjectOf = (userName: string): string => ` ${foldUserName(userName)}`;
