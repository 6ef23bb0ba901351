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
  /** JSON, as it is sent and signed. Empty once it is over: what people did is kept no longer than needed. */
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
  /** Of this webhook, pending and due: the one that has been so for longest. */
  due(id: WebhookId, now: number): Promise<Delivery | undefined>;
  /** When the next is due; undefined: there is none. */
  nextDueAt(): Promise<number | undefined>;
  /** Newest first. */
  deliveriesOf(
    id: WebhookId,
    page: { before?: string | undefined; limit: number },
  ): Promise<Delivery[]>;
  /** Those that are over and older; and of each webhook all but the newest. */
  pruneDeliveries(before: number, keep: number): Promise<void>;
}
