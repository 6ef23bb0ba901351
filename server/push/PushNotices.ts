import type { PushSubscriptionRecord, PushSubscriptions } from '../accounts/PushSubscriptions.ts';
import type { Clock } from '../base/Clock.ts';
import type { Logger } from '../base/logger.ts';
import type { CallNotices } from '../calls/CallNotices.ts';
import { isMissed } from '../calls/CallRecord.ts';
import type { CallState } from '../protocol/calls.ts';
import type { CallId, UserId } from '../protocol/ids.ts';
import type { PushMessage } from '../protocol/push.ts';
import type { PushSender, PushUrgency } from './PushSender.ts';

/** Who comes to their phone a day later still wants to know who called. */
const MISSED_TTL_SECONDS = 86_400;
/** Time enough to take the place of what was not delivered yet. */
const ENDED_TTL_SECONDS = 60;

export interface PushNoticesOptions {
  readonly subscriptions: PushSubscriptions;
  readonly sender: PushSender;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** Rings where no page is open, by Web Push. */
export class PushNotices implements CallNotices {
  readonly #options: PushNoticesOptions;
  /** What is on its way, so that the end of a call does not overtake its beginning. */
  readonly #ringing = new Map<string, Promise<boolean>>();

  constructor(options: PushNoticesOptions) {
    this.#options = options;
  }

  async reaches(userId: UserId): Promise<boolean> {
    return (await this.#options.subscriptions.of(userId)).length > 0;
  }

  /** True: at least one push service has taken it. */
  ring(userId: UserId, call: CallState): Promise<boolean> {
    const ringing = this.tell(
      userId,
      {
        kind: 'call',
        callId: call.id,
        from: call.other,
        video: call.video,
        page: `/?accept=${call.id}`,
      },
      { ttlSeconds: this.#ringSeconds(call), urgency: 'high', topic: topicOf(call.id) },
    );
    this.#ringing.set(keyOf(userId, call), ringing);
    return ringing;
  }

  async stop(userId: UserId, call: CallState): Promise<boolean> {
    const key = keyOf(userId, call);
    await this.#ringing.get(key);
    this.#ringing.delete(key);
    const missed = isMissed(call);
    return this.tell(
      userId,
      { kind: 'callEnded', callId: call.id, from: call.other, missed, page: '/calls' },
      {
        ttlSeconds: missed ? MISSED_TTL_SECONDS : ENDED_TTL_SECONDS,
        urgency: missed ? 'normal' : 'high',
        topic: topicOf(call.id),
      },
    );
  }

  /** True: at least one push service has taken it. */
  async tell(userId: UserId, message: PushMessage, urgency: PushUrgency): Promise<boolean> {
    const { subscriptions, logger } = this.#options;
    try {
      const all = await subscriptions.of(userId);
      const taken = await Promise.all(all.map((one) => this.#send(one, message, urgency)));
      return taken.includes(true);
    } catch (error) {
      logger.error({ err: error, userId }, 'nobody was told');
      return false;
    }
  }

  #ringSeconds({ ringUntil }: CallState): number {
    const now = this.#options.clock.now();
    const until = ringUntil === null ? now : Date.parse(ringUntil);
    return Math.max(1, Math.ceil((until - now) / 1000));
  }

  async #send(
    subscription: PushSubscriptionRecord,
    message: PushMessage,
    urgency: PushUrgency,
  ): Promise<boolean> {
    const { subscriptions, sender, logger } = this.#options;
    const { id } = subscription;
    try {
      const outcome = await sender.send(subscription, message, urgency);
      if (outcome === 'gone') await subscriptions.forget(id);
      if (outcome !== 'accepted') logger.info({ subscription: id, outcome }, 'push not taken');
      return outcome === 'accepted';
    } catch (error) {
      logger.warn({ subscription: id, reason: codeOf(error) }, 'push service not reached');
      return false;
    }
  }
}

const keyOf = (userId: UserId, { id }: CallState): string => `${userId} ${id}`;

/** The id without what all ids of calls have: exactly as long as a topic may be. */
const topicOf = (id: CallId): string => id.replace('call_', '').replaceAll('-', '');

/** Words of an error may hold the endpoint, which is a secret. */
const codeOf = (error: unknown): string => {
  if (!(error instanceof Error)) return 'unknown';
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name;
};
