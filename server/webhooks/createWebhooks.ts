import type { Agent } from 'node:https';
import type { Clock } from '../base/Clock.ts';
import type { Logger } from '../base/logger.ts';
import { isPublicHost, PublicAgent } from '../base/PublicAgent.ts';
import type { WebhookStore } from './Webhook.ts';
import { Webhooks } from './Webhooks.ts';
import { WebhookSender } from './WebhookSender.ts';

/** Where webhooks can be. */
export interface WebhookNetwork {
  readonly agent: Agent;
  readonly isPublic: (hostname: string) => Promise<boolean>;
  readonly timeoutMs?: number;
}

export interface CreateWebhooksOptions {
  readonly store: WebhookStore;
  /** Only tests have another than the internet. */
  readonly network?: WebhookNetwork | undefined;
  readonly clock: Clock;
  readonly logger: Logger;
}

export const createWebhooks = ({ network, ...options }: CreateWebhooksOptions): Webhooks => {
  const { agent, isPublic, timeoutMs }: WebhookNetwork = network ?? {
    agent: new PublicAgent(),
    isPublic: isPublicHost,
  };
  const sender = new WebhookSender({ agent, clock: options.clock, timeoutMs });
  return new Webhooks({ ...options, sender, isPublic, random: Math.random });
};
