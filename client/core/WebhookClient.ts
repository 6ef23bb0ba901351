import type { WebhookId } from '../../server/protocol/ids.ts';
import type {
  CreatedWebhook,
  DeliveryResource,
  EventType,
  WebhookResource,
} from '../../server/protocol/webhooks.ts';
import { restCall, type RestCall, type RestOptions } from './restCall.ts';
import { wholeList } from './wholeList.ts';

/** Webhooks over `/api/v1`, for administrators. Every method rejects with `RestError`. */
export class WebhookClient {
  readonly #call: RestCall;

  constructor(options: RestOptions = {}) {
    this.#call = restCall(options);
  }

  list(): Promise<readonly WebhookResource[]> {
    return wholeList<WebhookResource>((query) => this.#call('GET', `/webhooks?${query}`));
  }

  create(url: string, events: readonly EventType[]): Promise<CreatedWebhook> {
    return this.#call('POST', '/webhooks', { body: { url, events } });
  }

  remove(id: WebhookId): Promise<void> {
    return this.#call('DELETE', `/webhooks/${id}`);
  }

  test(id: WebhookId): Promise<DeliveryResource> {
    return this.#call('POST', `/webhooks/${id}/test`);
  }

  /** The newest. */
  async deliveries(id: WebhookId): Promise<readonly DeliveryResource[]> {
    const page = await this.#call<{ items: readonly DeliveryResource[] }>(
      'GET',
      `/webhooks/${id}/deliveries?limit=20`,
    );
    return page.items;
  }
}
