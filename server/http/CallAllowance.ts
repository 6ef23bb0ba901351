import type { Clock } from '../base/Clock.ts';
import { foldUserName } from '../protocol/people.ts';
import { Allowance } from './Allowance.ts';

/** Calls placed per address: whoever rings people oftener is no friend. */
const PLACED = { times: 100, windowMs: 600_000 };
/** And to one person: who has not answered by then does not want to. */
const TO_ONE = { times: 20, windowMs: 600_000 };

/** How often people may be rung, whether there is anybody of that name or not. */
export class CallAllowance {
  readonly #placed: Allowance;
  readonly #toOne: Allowance;

  constructor(clock: Clock) {
    this.#placed = new Allowance({ ...PLACED, clock });
    this.#toOne = new Allowance({ ...TO_ONE, clock });
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
