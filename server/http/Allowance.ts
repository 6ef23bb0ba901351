import { AppError } from '../base/AppError.ts';
import type { Clock } from '../base/Clock.ts';

/** Addresses remembered at once. Past it the one that began longest ago is forgotten. */
const MAX_CLIENTS = 10_000;

interface Window {
  left: number;
  readonly endsAt: number;
}

/** So many times per window of time and client address (and subject), then `rate_limited`. */
export class Allowance {
  readonly #times: number;
  readonly #windowMs: number;
  readonly #clock: Clock;
  readonly #words: string;
  readonly #windows = new Map<string, Window>();

  constructor(options: { times: number; windowMs: number; clock: Clock; words?: string }) {
    this.#words = options.words ?? 'Too many requests from this address.';
    this.#times = options.times;
    this.#windowMs = options.windowMs;
    this.#clock = options.clock;
  }

  /** AppError `rate_limited` when nothing is left; costs nothing. */
  check(address: string, subject = ''): void {
    const window = this.#windows.get(clientKey(address) + subject);
    const now = this.#clock.now();
    if (!window || window.left > 0 || window.endsAt <= now) return;
    throw new AppError('rate_limited', this.#words, {
      retryAfterSeconds: Math.ceil((window.endsAt - now) / 1000),
    });
  }

  /** What was spent was not used. */
  giveBack(address: string, subject = ''): void {
    const window = this.#windows.get(clientKey(address) + subject);
    if (window && window.left < this.#times) window.left += 1;
  }

  spend(address: string, subject = ''): void {
    const key = clientKey(address) + subject;
    const now = this.#clock.now();
    const window = this.#windows.get(key);
    if (window && window.endsAt > now) {
      window.left -= 1;
      return;
    }
    this.#windows.delete(key);
    this.#windows.set(key, { left: this.#times - 1, endsAt: now + this.#windowMs });
    if (this.#windows.size <= MAX_CLIENTS) return;
    const [oldest] = this.#windows.keys();
    if (oldest !== undefined) this.#windows.delete(oldest);
  }
}

/** One IPv6 household has 2^64 addresses: they count as one. */
export const clientKey = (address: string): string => {
  if (!address.includes(':')) return address;
  const mapped = /^::ffff:([\d.]+)$/i.exec(address)?.[1];
  if (mapped !== undefined) return mapped;
  const [head = '', tail] = address.split('%')[0]?.toLowerCase().split('::') ?? [];
  const left = head.split(':').filter(Boolean);
  const right = tail?.split(':').filter(Boolean) ?? [];
  const zeros = Array.from({ length: Math.max(0, 8 - left.length - right.length) }, () => '0');
  return [...left, ...zeros, ...right].slice(0, 4).join(':');
};
