import type { Clock } from '../base/Clock.ts';
import { foldUserName } from '../protocol/people.ts';
import { Allowance } from './Allowance.ts';

/** Calls placed per address: whoever rings people oftener is no friend. */
const PLACED = { times: 100, windowMs: 600_000 };
/** And to one person: who has not answered by then does not want to. */
const TO_ONE = { times: 20, windowMs: 600_000 };

/** Messages begun by one caller: whoever has so much to say in an hour had better write. */
const LEFT = { times: 30, windowMs: 3_600_000 };

/** How often people may be rung, whether there is anybody of that name or not. */
export class CallAllowance {
  readonly #placed: Allowance;
  readonly #toOne: Allowance;
  readonly #left: Allowance;

  constructor(clock: Clock) {
    this.#placed = new Allowance({ ...PLACED, clock });
    this.#left = new Allowance({ ...LEFT, clock, words: 'You have left many messages this hour.' });
    this.#toOne = new Allowance({ ...TO_ONE, clock });
  }

  /** One message more, as `spend`. */
  spendMessage(address: string, caller: string | undefined): void {
    this.#left.check(caller ?? address);
    this.#left.spend(caller ?? address);
  }

  /**
   * One call more. `caller` is an account where there is one, for many can be behind one address. AppError
   * `rate_limited`.
   */
  spend(address: string, caller: string | undefined, to: string): void {
    const subject = ` ${foldUserName(to)}`;
    this.#placed.check(address);
    this.#toOne.check(caller ?? address, subject);
    this.#placed.spend(address);
    this.#toOne.spend(caller ?? address, subject);
  }
}
