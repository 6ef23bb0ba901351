import { sql as raw, type Kysely } from 'kysely';
import {
  isMissed,
  type CallRecord,
  type CallStore,
  type HistoryQuery,
} from '../calls/CallRecord.ts';
import type { CallId, UserId } from '../protocol/ids.ts';
import type { Database } from './Database.ts';
import type { CallRow, Tables } from './tables.ts';

const NOT_MISSED = 0;
const MISSED = 1;
const MISSED_AND_SEEN = 2;
const CLOCK = 1;

export class SqlCalls implements CallStore {
  readonly #sql: Kysely<Tables>;

  constructor(database: Database) {
    this.#sql = database.sql;
  }

  async put(call: CallRecord): Promise<void> {
    const row = rowOf(call);
    await this.#sql
      .insertInto('calls')
      .values(row)
      .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
      .execute();
  }

  async get(id: CallId, userId: UserId): Promise<CallRecord | undefined> {
    // What is somebody else's is not even read: that would take its time.
    const row = await this.#sql
      .selectFrom('calls')
      .selectAll()
      .where('id', '=', id)
      .where((is) => is.or([is('calleeId', '=', userId), is('callerId', '=', userId)]))
      .executeTakeFirst();
    return row && callOf(row);
  }

  async history({ userId, missed, before, limit }: HistoryQuery): Promise<CallRecord[]> {
    let query = this.#sql.selectFrom('calls').selectAll().orderBy('id', 'desc').limit(limit);
    if (before !== undefined) query = query.where('id', '<', before);
    if (missed === true) query = query.where('missed', '!=', NOT_MISSED);
    if (userId !== undefined) {
      query = query.where((is) =>
        missed === true
          ? is('calleeId', '=', userId)
          : is.or([is('calleeId', '=', userId), is('callerId', '=', userId)]),
      );
    }
    return (await query.execute()).map(callOf);
  }

  async missedCount(userId: UserId): Promise<number> {
    const { count } = await this.#sql
      .selectFrom('calls')
      .select(({ fn }) => fn.countAll<number>().as('count'))
      .where('calleeId', '=', userId)
      .where('missed', '=', MISSED)
      .executeTakeFirstOrThrow();
    return count;
  }

  /** All at once: whoever was rung all night has many. */
  async seeMissed(userId: UserId, at: number): Promise<void> {
    await this.#sql
      .updateTable('calls')
      .set({ missed: MISSED_AND_SEEN, call: raw`json_set(call, '$.missedSeenAt', ${at})` })
      .where('calleeId', '=', userId)
      .where('missed', '=', MISSED)
      .execute();
  }

  async open(): Promise<CallRecord[]> {
    const rows = await this.#sql
      .selectFrom('calls')
      .selectAll()
      .where('state', 'in', ['ringing', 'active'])
      .orderBy('id')
      .execute();
    return rows.map(callOf);
  }

  async prune(before: number): Promise<void> {
    await this.#sql
      .deleteFrom('calls')
      .where('state', '=', 'ended')
      .where((is) =>
        is.or([
          is('startedAt', '<', before),
          // In nobody's history: a guest called somebody who is not here, or both have hidden it.
          is.and([is('callerId', 'is', null), is('calleeId', 'is', null)]),
        ]),
      )
      .execute();
  }

  async alive(at: number): Promise<void> {
    await this.#sql
      .insertInto('callClock')
      .values({ id: CLOCK, aliveAt: at })
      .onConflict((conflict) => conflict.column('id').doUpdateSet({ aliveAt: at }))
      .execute();
  }

  async lastAlive(): Promise<number | undefined> {
    const row = await this.#sql.selectFrom('callClock').selectAll().executeTakeFirst();
    return row?.aliveAt;
  }
}

const rowOf = (call: CallRecord): CallRow => ({
  id: call.id,
  // Who has taken it out of their history is no longer found by it.
  callerId: idOf(call, call.caller.userId),
  calleeId: idOf(call, call.callee.userId),
  state: call.state,
  startedAt: call.startedAt,
  missed: missedOf(call),
  call: JSON.stringify(call),
});

const idOf = ({ hiddenFrom }: CallRecord, userId: UserId | null): UserId | null =>
  userId !== null && hiddenFrom.includes(userId) ? null : userId;

const missedOf = (call: CallRecord): number => {
  if (!isMissed(call)) return NOT_MISSED;
  return call.missedSeenAt === null ? MISSED : MISSED_AND_SEEN;
};

/** Nobody but us writes here, so what is read is what was written. */
const callOf = ({ call }: CallRow): CallRecord => JSON.parse(call) as CallRecord;
