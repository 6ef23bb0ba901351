import type { Kysely } from 'kysely';
import type {
  PushSubscriptionRecord,
  PushSubscriptionStore,
} from '../accounts/PushSubscriptions.ts';
import type { PushId, SignInId, UserId } from '../protocol/ids.ts';
import type { Database } from './Database.ts';
import type { PushSubscriptionRow, Tables } from './tables.ts';

export class SqlPushSubscriptions implements PushSubscriptionStore {
  readonly #sql: Kysely<Tables>;

  constructor({ sql }: Database) {
    this.#sql = sql;
  }

  async put(subscription: PushSubscriptionRecord): Promise<void> {
    const { signInId, endpoint } = subscription;
    await this.#sql.transaction().execute(async (sql) => {
      await sql
        .deleteFrom('pushSubscriptions')
        .where((where) => where.or({ signInId, endpoint }))
        .execute();
      await sql.insertInto('pushSubscriptions').values(subscription).execute();
    });
  }

  async of(userId: UserId, now: number): Promise<PushSubscriptionRecord[]> {
    const rows = await this.#sql
      .selectFrom('pushSubscriptions')
      .innerJoin('signIns', 'signIns.id', 'pushSubscriptions.signInId')
      .selectAll('pushSubscriptions')
      .where('pushSubscriptions.userId', '=', userId)
      .where('signIns.expiresAt', '>', now)
      .orderBy('pushSubscriptions.id')
      .execute();
    return rows.map(subscriptionOf);
  }

  async remove(id: PushId): Promise<void> {
    await this.#sql.deleteFrom('pushSubscriptions').where('id', '=', id).execute();
  }
}

const subscriptionOf = (row: PushSubscriptionRow): PushSubscriptionRecord => ({
  ...row,
  id: row.id as PushId,
  userId: row.userId as UserId,
  signInId: row.signInId as SignInId,
});
