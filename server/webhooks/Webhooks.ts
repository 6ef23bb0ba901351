import { AppError } from '../base/AppError.ts';
import type { Clock } from '../base/Clock.ts';
import type { Logger } from '../base/logger.ts';
import { newId, type WebhookId } from '../protocol/ids.ts';
import type { EventType } from '../protocol/webhooks.ts';
import { newWebhookSecret } from './signature.ts';
import type { Delivery, Webhook, WebhookStore } from './Webhook.ts';
import type { Outcome, WebhookSender } from './WebhookSender.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
/** As Standard Webhooks advises: about three days, then it is given up. */
const RETRY_AFTER_MS = [
  5_000,
  5 * MINUTE_MS,
  30 * MINUTE_MS,
  2 * HOUR_MS,
  5 * HOUR_MS,
  10 * HOUR_MS,
  14 * HOUR_MS,
  20 * HOUR_MS,
  24 * HOUR_MS,
];
/** So that what failed together does not come back together. */
const JITTER = 0.1;
const MAX_WEBHOOKS = 50;
/** Less is sooner, and busier when something is wrong with the database. */
const MIN_WAIT_MS = 100;
/** Of one webhook. What happens while nobody is there for days is forgotten, the oldest first. */
const LOG_KEPT = 5_000;
const LOG_KEPT_MS = 30 * 24 * HOUR_MS;
const GONE = 410;

export interface WebhooksOptions {
  readonly store: WebhookStore;
  readonly sender: WebhookSender;
  /** Of the host of a URL: is it on the internet? */
  readonly isPublic: (hostname: string) => Promise<boolean>;
  readonly clock: Clock;
  readonly logger: Logger;
  /** 0 to 1. */
  readonly random: () => number;
}

/** Tells other programs what happens here: written down first, then sent until it is taken. */
export class Webhooks {
  readonly #options: WebhooksOptions;
  /** Those that something is being sent to: one thing at a time, and nobody waits for another. */
  readonly #busy = new Map<WebhookId, Promise<void>>();
  readonly #stopped = new AbortController();
  readonly #stopPruning: () => void;
  #cancelWake: (() => void) | undefined;

  constructor(options: WebhooksOptions) {
    this.#options = options;
    this.#stopPruning = options.clock.every(HOUR_MS, () =>
      this.#by(options.store.pruneDeliveries(options.clock.now() - LOG_KEPT_MS, LOG_KEPT)),
    );
  }

  /** Oldest first. */
  list(): Promise<Webhook[]> {
    return this.#options.store.all();
  }

  /** AppError `bad_request` for private addresses, `wrong_state` when there are too many. */
  async create(url: string, events: readonly EventType[] | null): Promise<Webhook> {
    const { store, isPublic, clock } = this.#options;
    const hostname = URL.parse(url)?.hostname ?? '';
    if (hostname === '' || !(await isPublic(hostname))) {
      const message = 'The address is not on the internet.';
      throw new AppError('bad_request', message, { fields: [{ pointer: '/url', message }] });
    }
    if ((await store.all()).length >= MAX_WEBHOOKS) {
      throw new AppError('wrong_state', `There are ${MAX_WEBHOOKS} webhooks. Delete one first.`);
    }
    const webhook: Webhook = {
      id: newId('hook'),
      url,
      events,
      secret: newWebhookSecret(),
      createdAt: clock.now(),
      disabledAt: null,
    };
    await store.add(webhook);
    return webhook;
  }

  /** AppError `not_found`. */
  async remove(id: WebhookId): Promise<void> {
    if (!(await this.#options.store.remove(id))) throw notFound();
  }

  /** Sent to this one alone, whatever it wants to hear of. AppError `not_found`. */
  async test(id: WebhookId): Promise<Delivery> {
    const webhook = await this.#get(id);
    const delivery = this.#newDelivery(webhook, { type: 'test', data: {} });
    await this.#options.store.addDeliveries([delivery]);
    this.wake();
    return delivery;
  }

  /** Newest first. AppError `not_found`. */
  async deliveries(
    id: WebhookId,
    page: { before?: string | undefined; limit: number },
  ): Promise<Delivery[]> {
    await this.#get(id);
    return this.#options.store.deliveriesOf(id, page);
  }

  /**
   * Resolves once it is written down for all who want to hear of it. `key`: of the same thing there is
   * one event, however often it is announced.
   */
  async announce(event: { type: EventType; data: object; key?: string }): Promise<void> {
    const { store } = this.#options;
    const wanting = (await store.all()).filter(
      ({ events, disabledAt }) =>
        disabledAt === null && (events === null || events.includes(event.type)),
    );
    if (wanting.length === 0) return;
    await store.addDeliveries(wanting.map((webhook) => this.#newDelivery(webhook, event)));
    this.wake();
  }

  /** There may be something to send. */
  wake(): void {
    if (!this.#stopped.signal.aborted) this.#by(this.#sendDue());
  }

  /** Idempotent. What was not taken is at the next start. */
  async close(): Promise<void> {
    this.#stopped.abort();
    this.#stopPruning();
    this.#cancelWake?.();
    await Promise.all(this.#busy.values());
  }

  async #get(id: WebhookId): Promise<Webhook> {
    const webhook = (await this.list()).find((one) => one.id === id);
    if (!webhook) throw notFound();
    return webhook;
  }

  #newDelivery(
    { id: webhookId }: Webhook,
    { type, data, key }: { type: EventType | 'test'; data: object; key?: string },
  ): Delivery {
    const now = this.#options.clock.now();
    const id = newId('delivery');
    return {
      id,
      webhookId,
      key: key ?? id,
      type,
      body: JSON.stringify({ type, timestamp: new Date(now).toISOString(), data }),
      createdAt: now,
      state: 'pending',
      attempts: 0,
      nextAttemptAt: now,
      status: null,
      durationMs: null,
      error: null,
    };
  }

  async #sendDue(): Promise<void> {
    for (const webhook of await this.#options.store.all()) {
      if (this.#busy.has(webhook.id)) continue;
      const sending = this.#sendAll(webhook)
        .catch((error: unknown) => this.#complain(error))
        .finally(() => this.#busy.delete(webhook.id))
        .then(() => this.#wakeWhenDue())
        .catch((error: unknown) => this.#complain(error));
      this.#busy.set(webhook.id, sending);
    }
  }

  async #wakeWhenDue(): Promise<void> {
    const { store, clock } = this.#options;
    if (this.#stopped.signal.aborted) return;
    const next = await store.nextDueAt();
    this.#cancelWake?.();
    if (next === undefined || this.#stopped.signal.aborted) return;
    const waitMs = Math.max(MIN_WAIT_MS, next - clock.now());
    this.#cancelWake = clock.after(waitMs, () => this.wake());
  }

  /** All that is due at one webhook, in order. */
  async #sendAll({ id }: Webhook): Promise<void> {
    const { store, clock } = this.#options;
    while (!this.#stopped.signal.aborted) {
      const delivery = await store.due(id, clock.now());
      const webhook = (await store.all()).find((one) => one.id === id);
      if (!delivery || !webhook) return;
      await this.#send(webhook, delivery);
    }
  }

  async #send(webhook: Webhook, delivery: Delivery): Promise<void> {
    const { store, sender, clock, logger } = this.#options;
    if (webhook.disabledAt !== null && delivery.type !== 'test') {
      await store.updateDelivery(over(delivery, 'failed'));
      return;
    }
    const outcome = await sender.send(webhook, delivery, this.#stopped.signal);
    const after = this.#after(delivery, outcome);
    await store.updateDelivery(after);
    const gaveUp = after.state === 'failed' && delivery.type !== 'test';
    if (outcome.status === GONE || gaveUp) {
      await store.disable(webhook.id, clock.now());
      logger.warn({ webhook: webhook.id, status: outcome.status }, 'webhook disabled');
    }
  }

  #after(delivery: Delivery, outcome: Outcome): Delivery {
    const { clock, random } = this.#options;
    const { status } = outcome;
    const attempted = { ...delivery, ...outcome, attempts: delivery.attempts + 1 };
    if (status !== null && status >= 200 && status < 300) {
      return over(attempted, 'delivered');
    }
    const waitMs = delivery.type === 'test' ? undefined : RETRY_AFTER_MS[delivery.attempts];
    if (status === GONE || waitMs === undefined) {
      return over(attempted, 'failed');
    }
    const jitter = 1 + JITTER * (2 * random() - 1);
    return { ...attempted, nextAttemptAt: clock.now() + Math.round(waitMs * jitter) };
  }

  #by(work: Promise<unknown>): void {
    work.catch((error: unknown) => this.#complain(error));
  }

  #complain(error: unknown): void {
    if (!this.#stopped.signal.aborted) this.#options.logger.error({ err: error }, 'webhooks');
  }
}

const over = (delivery: Delivery, state: 'delivered' | 'failed'): Delivery => ({
  ...delivery,
  state,
  nextAttemptAt: null,
  body: '',
});

const notFound = (): AppError => new AppError('not_found', 'There is no such webhook.');
