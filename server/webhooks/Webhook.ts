import type { DeliveryId, WebhookId } from '../protocol/ids.ts';
import type { EventType } from '../protocol/webhooks.ts';

/** Where events are sent. Times are ms since 1970. */
export interface Webhook {
  readonly id: WebhookId;
  readonly url: string;
  /** Null: all. */
  readonly events: readonly EventType[] | null;
  /** Of Standard Webhooks, `whsec_…`. It signs, so it cannot be kept as a hash. */
  readonly secret: string;
  readonly createdAt: number;
  readonly disabledAt: number | null;
}

/** One event on its way to one webhook. */
export interface Delivery {
  readonly id: DeliveryId;
  readonly webhookId: WebhookId;
  /** Of the same there is one to a webhook, however often it is announced. */
  readonly key: string;
  readonly type: EventType | 'test';
  /** JSON, as it is sent and signed. */
  readonly body: string;
  readonly createdAt: number;
  readonly state: 'pending' | 'delivered' | 'failed';
  readonly attempts: number;
  readonly nextAttemptAt: number | null;
  readonly status: number | null;
  readonly durationMs: number | null;
  readonly error: string | null;
}

export interface WebhookStore {
  add(webhook: Webhook): Promise<void>;
  /** Oldest first. */
  all(): Promise<Webhook[]>;
  disable(id: WebhookId, at: number): Promise<void>;
  /** With its deliveries. False when there is none. */
  remove(id: WebhookId): Promise<boolean>;
  /** All or none; one that is there already stays as it is. */
  addDeliveries(deliveries: readonly Delivery[]): Promise<void>;
  updateDelivery(delivery: Delivery): Promise<void>;
  /** Pending and due, the oldest first. */
  due(now: number, limit: number): Promise<Delivery[]>;
  /** When the next is due; undefined: there is none. */
  nextDueAt(): Promise<number | undefined>;
  /** Newest first. */
  deliveriesOf(
    id: WebhookId,
    page: { before?: string | undefined; limit: number },
  ): Promise<Delivery[]>;
  /** Those that are over and older. */
  pruneDeliveries(before: number): Promise<void>;
}
