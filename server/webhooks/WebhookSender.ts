import { request, type Agent } from 'node:https';
import type { Clock } from '../base/Clock.ts';
import { signedHeaders } from './signature.ts';
import type { Delivery, Webhook } from './Webhook.ts';

/** Who needs longer should say yes first and work afterwards. */
const TIMEOUT_MS = 10_000;

export interface Outcome {
  /** Null: there was no answer. */
  readonly status: number | null;
  readonly durationMs: number;
  readonly error: string | null;
}

export interface WebhookSenderOptions {
  /** The only one that connects: it decides where to. */
  readonly agent: Agent;
  readonly clock: Clock;
  readonly timeoutMs?: number | undefined;
}

/** Sends one event to one webhook, once. It follows nobody elsewhere, and reads no more than the status. */
export class WebhookSender {
  readonly #options: WebhookSenderOptions;

  constructor(options: WebhookSenderOptions) {
    this.#options = options;
  }

  /** Rejects only when it was `stopped`: it may have arrived. */
  async send(
    { url, secret }: Webhook,
    { id, body }: Delivery,
    stopped: AbortSignal,
  ): Promise<Outcome> {
    const { clock, timeoutMs = TIMEOUT_MS } = this.#options;
    const signal = AbortSignal.any([AbortSignal.timeout(timeoutMs), stopped]);
    const startedAt = clock.elapsed();
    const headers = {
      'content-type': 'application/json',
      'content-length': String(Buffer.byteLength(body)),
      'user-agent': 'Roomtone',
      ...signedHeaders({ id, body }, secret, clock.now()),
    };
    const outcome = await this.#request(url, { headers, body, signal }).then(
      (status) => ({ status, error: null }),
      (error: unknown) => ({ status: null, error: wordsOf(error) }),
    );
    stopped.throwIfAborted();
    return { ...outcome, durationMs: Math.round(clock.elapsed() - startedAt) };
  }

  #request(
    url: string,
    {
      headers,
      body,
      signal,
    }: { headers: Record<string, string>; body: string; signal: AbortSignal },
  ): Promise<number> {
    const { agent } = this.#options;
    return new Promise((resolve, reject) => {
      const sent = request(url, { method: 'POST', headers, agent, signal }, (response) => {
        resolve(response.statusCode ?? 0);
        response.destroy();
      });
      sent.on('error', reject);
      sent.end(body);
    });
  }
}

/** What an operator can act on, and nothing of what is inside. */
const wordsOf = (error: unknown): string => {
  if (!(error instanceof Error)) return 'unknown';
  if (error.name === 'AbortError' || error.name === 'TimeoutError') return 'no answer in time';
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name;
};
