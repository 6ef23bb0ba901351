import { ECDH } from 'node:crypto';
import { AppError } from '../base/AppError.ts';
import type { Clock } from '../base/Clock.ts';
import { newId, type PushId, type SignInId, type UserId } from '../protocol/ids.ts';
import type { NewPushSubscription } from '../protocol/push.ts';

/** Of one person; the one that was made longest ago makes place. */
const MAX_SUBSCRIPTIONS = 20;

/** A browser that can be told something while no page of ours is open in it. */
export interface PushSubscriptionRecord {
  readonly id: PushId;
  readonly userId: UserId;
  /** It ends with it. */
  readonly signInId: SignInId;
  /** At the push service of the browser's maker. Whoever knows it can send there. */
  readonly endpoint: string;
  /** The browser's key and secret, base64url: what is sent is for it alone (RFC 8291). */
  readonly p256dh: string;
  readonly auth: string;
  readonly createdAt: number;
}

export interface PushSubscriptionStore {
  /** In place of what this sign-in, or anybody, had for this endpoint. */
  put(subscription: PushSubscriptionRecord): Promise<void>;
  /** Of sign-ins that are good still, oldest first. */
  of(userId: UserId, now: number): Promise<PushSubscriptionRecord[]>;
  /** Being gone already is fine. */
  remove(id: PushId): Promise<void>;
}

/** The browsers in which people want to be told. */
export class PushSubscriptions {
  readonly #store: PushSubscriptionStore;
  readonly #clock: Clock;
  readonly #isPublic: (hostname: string) => Promise<boolean>;

  /** `isPublic`: does this host lie on the internet, and not beside us? */
  constructor(options: {
    store: PushSubscriptionStore;
    clock: Clock;
    isPublic: (hostname: string) => Promise<boolean>;
  }) {
    this.#store = options.store;
    this.#clock = options.clock;
    this.#isPublic = options.isPublic;
  }

  /** Oldest first. */
  of(userId: UserId): Promise<PushSubscriptionRecord[]> {
    return this.#store.of(userId, this.#clock.now());
  }

  /** Of one browser there is one: the last. AppError `bad_request`. */
  async add(
    signIn: { readonly id: SignInId; readonly userId: UserId },
    { endpoint, keys }: NewPushSubscription,
  ): Promise<PushSubscriptionRecord> {
    if (!(await this.#isAllowed(endpoint))) {
      throw refusal('/endpoint', 'must be an https address on the internet');
    }
    if (!isPoint(keys.p256dh)) throw refusal('/keys/p256dh', 'must be a point of P-256');
    const subscription: PushSubscriptionRecord = {
      id: newId('push'),
      userId: signIn.userId,
      signInId: signIn.id,
      endpoint,
      p256dh: keys.p256dh,
      auth: keys.auth,
      createdAt: this.#clock.now(),
    };
    await this.#store.put(subscription);
    const all = await this.of(signIn.userId);
    for (const { id } of all.slice(0, -MAX_SUBSCRIPTIONS)) await this.#store.remove(id);
    return subscription;
  }

  /** AppError `not_found` for one that is not theirs. */
  async remove(userId: UserId, id: PushId): Promise<void> {
    if (!(await this.of(userId)).some((other) => other.id === id)) {
      throw new AppError('not_found', 'There is no such subscription.');
    }
    await this.#store.remove(id);
  }

  /** The browser does not want it any more. */
  forget(id: PushId): Promise<void> {
    return this.#store.remove(id);
  }

  async #isAllowed(endpoint: string): Promise<boolean> {
    const url = URL.parse(endpoint);
    if (url?.protocol !== 'https:' || url.username !== '' || url.password !== '') return false;
    return this.#isPublic(url.hostname);
  }
}

const isPoint = (key: string): boolean => {
  try {
    ECDH.convertKey(key, 'prime256v1', 'base64url');
    return true;
  } catch {
    return false;
  }
};

const refusal = (pointer: string, message: string): AppError =>
  new AppError('bad_request', 'This is no subscription of a browser.', {
    fields: [{ pointer, message }],
  });
