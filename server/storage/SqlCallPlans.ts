import type { Kysely } from 'kysely';
import type { CallPlanStore } from '../calls/CallPlans.ts';
import type { CallPlan } from '../protocol/calls.ts';
import type { UserId } from '../protocol/ids.ts';
import type { Database } from './Database.ts';
import type { Tables } from './tables.ts';

export class SqlCallPlans implements CallPlanStore {
  readonly #sql: Kysely<Tables>;

  constructor({ sql }: Database) {
    this.#sql = sql;
  }

  async get(userId: UserId): Promise<CallPlan | undefined> {
    const row = await this.#sql
      .selectFrom('callPlans')
      .select('plan')
      .where('userId', '=', userId)
      .executeTakeFirst();
    // Nobody but us writes here, so what is read is what was written.
    return row && (JSON.parse(row.plan) as CallPlan);
  }

  async put(userId: UserId, plan: CallPlan): Promise<void> {
    const row = { userId, plan: JSON.stringify(plan) };
    await this.#sql
      .insertInto('callPlans')
      .values(row)
      .onConflict((conflict) => conflict.column('userId').doUpdateSet(row))
      .execute();
  }
}
