import type { Account } from '../accounts/Account.ts';
import type { Accounts } from '../accounts/Accounts.ts';
import { AppError } from '../base/AppError.ts';
import type { Clock } from '../base/Clock.ts';
import type { CallPlan, TrialResult } from '../protocol/calls.ts';
import type { UserId } from '../protocol/ids.ts';
import { foldUserName } from '../protocol/people.ts';
import {
  emptyPlan,
  isBlocked,
  routeCall,
  type Caller,
  type Routed,
  type Target,
} from './routing.ts';

export interface CallPlanStore {
  get(userId: UserId): Promise<CallPlan | undefined>;
  put(userId: UserId, plan: CallPlan): Promise<void>;
}

export interface CallPlansOptions {
  readonly store: CallPlanStore;
  readonly accounts: Accounts;
  readonly clock: Clock;
  /** Is there anything that would ring? */
  readonly isReachable: (userId: UserId) => Promise<boolean>;
  readonly isBusy: (account: Account, caller: Caller) => boolean;
}

/** What happens to calls for people, as they have laid down. */
export class CallPlans {
  readonly #options: CallPlansOptions;

  constructor(options: CallPlansOptions) {
    this.#options = options;
  }

  async of(userId: UserId): Promise<CallPlan> {
    return (await this.#options.store.get(userId)) ?? emptyPlan;
  }

  /** AppError `bad_request` when a rule forwards to nobody or to oneself. */
  async set(account: Account, plan: CallPlan): Promise<CallPlan> {
    for (const [i, { then }] of plan.rules.entries()) {
      if (!('forwardTo' in then)) continue;
      const target = await this.#options.accounts.findByName(then.forwardTo);
      if (target && target.id !== account.id) continue;
      const message = target ? 'must be somebody else' : 'must be the name of somebody here';
      throw new AppError('bad_request', 'A rule forwards to somebody it cannot.', {
        fields: [{ pointer: `/rules/${i}/then/forwardTo`, message }],
      });
    }
    await this.#options.store.put(account.id, plan);
    return plan;
  }

  /** Where a call for `to` goes now. */
  route(
    caller: Caller,
    to: string,
    after: { unanswered: boolean; seen: readonly string[] } = { unanswered: false, seen: [] },
  ): Promise<Routed> {
    const find = this.#findFor(caller);
    return routeCall({ caller, to, ...after, at: this.#options.clock.now(), find });
  }

  /**
   * Who may be left a message by this caller. AppError `not_found`: there is nobody of that name, or they
   * block the caller; the two are told alike.
   */
  async mailboxFor(caller: Caller, name: string): Promise<Account> {
    const account = await this.#options.accounts.findByName(name);
    if (account && !isBlocked(await this.of(account.id), caller)) return account;
    throw noMailbox();
  }

  /** What would happen, and what then if nobody answered; nothing rings. */
  async try(account: Account, caller: Caller, at?: number): Promise<TrialResult> {
    const question = { caller, at: at ?? this.#options.clock.now(), find: this.#findFor(caller) };
    const steps: TrialResult['steps'] = [];
    const seen: string[] = [];
    let to = account.name;
    let unanswered = false;
    for (;;) {
      const routed = await routeCall({ ...question, to, unanswered, seen });
      steps.push(...routed.steps);
      if (routed.route.does !== 'ring') return { steps };
      seen.push(...routed.steps.map(({ user }) => user));
      to = routed.route.target.account.name;
      // Who has had it in vain is asked once more: what to do about that.
      seen.splice(seen.lastIndexOf(to), 1);
      unanswered = true;
    }
  }

  #findFor(caller: Caller): (name: string) => Promise<Target | undefined> {
    return (name) => this.#find(name, caller);
  }

  async #find(name: string, caller: Caller): Promise<Target | undefined> {
    const { accounts, isReachable, isBusy } = this.#options;
    const account = await accounts.findByName(foldUserName(name));
    if (!account) return undefined;
    const { id } = account;
    return {
      account,
      plan: await this.of(id),
      reachable: await isReachable(id),
      busy: isBusy(account, caller),
    };
  }
}

export const noMailbox = (): AppError => new AppError('not_found', 'No message can be left there.');
