import type { Agent } from 'node:https';
import { PushSubscriptions, type PushSubscriptionStore } from '../accounts/PushSubscriptions.ts';
import type { Clock } from '../base/Clock.ts';
import type { Logger } from '../base/logger.ts';
import { isPublicHost, PublicAgent } from '../base/PublicAgent.ts';
import { PushNotices } from './PushNotices.ts';
import { PushSender, type PushSenderOptions } from './PushSender.ts';

/** For servers that have no address of their own to be reached at. */
const NO_SUBJECT = 'mailto:nobody@roomtone.invalid';

/** Where push services can be. */
export interface PushNetwork {
  readonly agent: Agent;
  readonly isPublic: (hostname: string) => Promise<boolean>;
}

/** All there is of telling browsers something while no page is open. */
export interface Push {
  readonly subscriptions: PushSubscriptions;
  readonly notices: PushNotices;
  /** Browsers want it to subscribe. */
  readonly publicKey: string;
}

export interface PushOptions {
  readonly store: PushSubscriptionStore;
  readonly vapid: PushSenderOptions['vapid'];
  readonly publicUrl: string | undefined;
  /** Only tests have another than the internet. */
  readonly network?: PushNetwork | undefined;
  readonly clock: Clock;
  readonly logger: Logger;
}

export const createPush = (options: PushOptions): Push => {
  const { store, vapid, publicUrl, clock, logger } = options;
  const network = options.network ?? { agent: new PublicAgent(), isPublic: isPublicHost };
  const subscriptions = new PushSubscriptions({ store, clock, isPublic: network.isPublic });
  // Apple's takes no address that is this machine's.
  const subject = publicUrl?.startsWith('https:') ? publicUrl : NO_SUBJECT;
  const sender = new PushSender({ vapid, subject, agent: network.agent });
  const notices = new PushNotices({ subscriptions, sender, clock, logger });
  return { subscriptions, notices, publicKey: vapid.publicKey };
};
