import type { Kysely } from 'kysely';
import type { DeliveryId, WebhookId } from '../protocol/ids.ts';
import type { EventType } from '../protocol/webhooks.ts';
import type { Delivery, Webhook, WebhookStore } from '../webhooks/Webhook.ts';
import type { Database } from './Database.ts';
import type { DeliveryRow, Tables } from './tables.ts';

export class SqlWebhooks implements WebhookStore {
  readonly #sql: Kysely<Tables>;

  constructor(database: Database) {
    this.#sql = database.sql;
  }

  async add({ events, ...webhook }: Webhook): Promise<void> {
    await this.#sql
      .insertInto('webhooks')
      .values({ ...webhook, events: events && JSON.stringify(events) })
      .execute();
  }

  async all(): Promise<Webhook[]> {
    const rows = await this.#sql.selectFrom('webhooks').selectAll().orderBy('id').execute();
    return rows.map(({ id, events, ...row }) => ({
      ...row,
      id: id as WebhookId,
      events: events === null ? null : (JSON.parse(events) as EventType[]),
    }));
  }

  async disable(id: WebhookId, at: number): Promise<void> {
    await this.#sql.updateTable('webhooks').set({ disabledAt: at }).where('id', '=', id).execute();
  }

  async remove(id: WebhookId): Promise<boolean> {
    const { numDeletedRows } = await this.#sql
      .deleteFrom('webhooks')
      .where('id', '=', id)
      .executeTakeFirst();
    return numDeletedRows > 0n;
  }

  async addDeliveries(deliveries: readonly Delivery[]): Promise<void> {
    await this.#sql
      .insertInto('deliveries')
      .values([...deliveries])
      .onConflict((conflict) => conflict.columns(['webhookId', 'key']).doNothing())
      .execute();
  }

  async updateDelivery({ id, ...delivery }: Delivery): Promise<void> {
    await this.#sql.updateTable('deliveries').set(delivery).where('id', '=', id).execute();
  }

  async due(id: WebhookId, now: number): Promise<Delivery | undefined> {
    const row = await this.#sql
      .selectFrom('deliveries')
      .selectAll()
      .where('webhookId', '=', id)
      .where('state', '=', 'pending')
      .where('nextAttemptAt', '<=', now)
      .orderBy('nextAttemptAt')
      .orderBy('id')
      .executeTakeFirst();
    return row && deliveryOf(row);
  }

  async nextDueAt(): Promise<number | undefined> {
    const row = await this.#sql
      .selectFrom('deliveries')
      .select('nextAttemptAt')
      .where('state', '=', 'pending')
      .where('nextAttemptAt', 'is not', null)
      .orderBy('nextAttemptAt')
      .executeTakeFirst();
    return row?.nextAttemptAt ?? undefined;
  }

  async deliveriesOf(
    id: WebhookId,
    { before, limit }: { before?: string | undefined; limit: number },
  ): Promise<Delivery[]> {
    let query = this.#sql.selectFrom('deliveries').selectAll().where('webhookId', '=', id);
    if (before !== undefined) query = query.where('id', '<', before);
    return (await query.orderBy('id', 'desc').limit(limit).execute()).map(deliveryOf);
  }

  async pruneDeliveries(before: number, keep: number): Promise<void> {
    await this.#sql
      .deleteFrom('deliveries')
      .where('state', '!=', 'pending')
      .where('createdAt', '<', before)
      .execute();
    for (const { id } of await this.all()) {
      const [last] = await this.#sql
        .selectFrom('deliveries')
        .select('id')
        .where('webhookId', '=', id)
        .orderBy('id', 'desc')
        .offset(keep)
        .limit(1)
        .execute();
      if (!last) continue;
      await this.#sql
        .deleteFrom('deliveries')
        .where('webhookId', '=', id)
        .where('id', '<=', last.id)
        .execute();
    }
  }
}

const deliveryOf = ({ id, webhookId, ...row }: DeliveryRow): Delivery => ({
  ...row,
  id: id as DeliveryId,
  webhookId: webhookId as WebhookId,
});
