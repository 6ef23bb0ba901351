import { request, type Agent } from 'node:https';
import webPush from 'web-push';
import type { PushSubscriptionRecord } from '../accounts/PushSubscriptions.ts';
import type { PushMessage } from '../protocol/push.ts';

/** Longer waits for slower push services; a call rings on meanwhile. */
const TIMEOUT_MS = 5_000;

/** How it is to be carried (RFC 8030). */
export interface PushUrgency {
  /** How long the push service keeps it for a browser that is not there. */
  readonly ttlSeconds: number;
  readonly urgency: 'normal' | 'high';
  /** Replaces what is waiting for the browser under the same topic; at most 32 letters. */
  readonly topic: string;
}

/** `gone`: the browser does not want it any more, or never did. */
export type PushOutcome = 'accepted' | 'gone' | 'failed';

export interface PushSenderOptions {
  /** Of RFC 8292: how push services know that it is always the same server. */
  readonly vapid: { readonly publicKey: string; readonly privateKey: string };
  /** Where push services can complain: an https or a mailto address. */
  readonly subject: string;
  /** The only one that connects: it decides where to. */
  readonly agent: Agent;
}

/** Encrypts for one browser (RFC 8291), and hands it to the push service of its maker. */
export class PushSender {
  readonly #options: PushSenderOptions;

  constructor(options: PushSenderOptions) {
    this.#options = options;
  }

  /** Rejects when the push service cannot be reached. */
  async send(
    { endpoint, p256dh, auth }: PushSubscriptionRecord,
    message: PushMessage,
    { ttlSeconds, urgency, topic }: PushUrgency,
  ): Promise<PushOutcome> {
    const { vapid, subject } = this.#options;
    const { method, headers, body } = webPush.generateRequestDetails(
      { endpoint, keys: { p256dh, auth } },
      JSON.stringify(message),
      {
        TTL: ttlSeconds,
        urgency,
        topic,
        contentEncoding: 'aes128gcm',
        vapidDetails: { subject, ...vapid },
      },
    );
    const status = await this.#request(endpoint, { method, headers, body });
    if (status >= 200 && status < 300) return 'accepted';
    return status === 404 || status === 410 ? 'gone' : 'failed';
  }

  /** The status; what it says beside it is nothing to us, nor where it would rather have it. */
  #request(
    endpoint: string,
    { body, ...options }: { method: string; headers: Record<string, string>; body: Buffer },
  ): Promise<number> {
    const { agent } = this.#options;
    return new Promise((resolve, reject) => {
      const signal = AbortSignal.timeout(TIMEOUT_MS);
      const sent = request(endpoint, { ...options, agent, signal }, (response) => {
        resolve(response.statusCode ?? 0);
        response.destroy();
      });
      sent.on('error', reject);
      sent.end(body);
    });
  }
}
