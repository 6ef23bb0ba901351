import type { PushId } from '../../server/protocol/ids.ts';
import type { NewPushSubscription, PushResource } from '../../server/protocol/push.ts';
import { restCall, type RestCall, type RestOptions } from './restCall.ts';

/** The browsers that are told of one's calls, over `/api/v1`. Every method rejects with `RestError`. */
export class PushClient {
  readonly #call: RestCall;

  constructor(options: RestOptions = {}) {
    this.#call = restCall(options);
  }

  read(): Promise<PushResource> {
    return this.#call('GET', '/push');
  }

  /** This browser, in place of what it had before. */
  add(subscription: NewPushSubscription): Promise<void> {
    return this.#call('POST', '/push', { body: subscription });
  }

  remove(id: PushId): Promise<void> {
    return this.#call('DELETE', `/push/${id}`);
  }
}
