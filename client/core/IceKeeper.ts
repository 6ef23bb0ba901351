import type { Clock } from './clock.ts';
import type { Transport } from './mediasoup.ts';

/** Chrome's `disconnected` often heals by itself; this long it may try. */
const GRACE_MS = 2000;
/** Fewer would wait on a line that is back, more would throw away checks under way. */
const MIN_INTERVAL_MS = 3000;

export interface IceKeeperOptions {
  readonly transport: Transport;
  readonly clock: Clock;
  /** Fetch new ICE credentials and use them; rejects while the server cannot be asked. */
  readonly restart: () => Promise<void>;
  readonly onStateChanged: (state: Transport['connectionState']) => void;
}

/** Brings a transport back after the network has changed or failed. */
export class IceKeeper {
  readonly #options: IceKeeperOptions;
  #cancelTimer: (() => void) | null = null;
  #lastRestartAt = -Infinity;
  #restarting = false;
  #closed = false;

  constructor(options: IceKeeperOptions) {
    this.#options = options;
    options.transport.on('connectionstatechange', (state) => {
      this.#onState(state);
      options.onStateChanged(state);
    });
  }

  get state(): Transport['connectionState'] {
    return this.#options.transport.connectionState;
  }

  /** A transport that has never been used, or works, needs nothing. */
  get ailing(): boolean {
    return this.state === 'disconnected' || this.state === 'failed';
  }

  /** The line to the server is back: whatever ails is treated now. */
  check(): void {
    if (this.ailing) this.#schedule(0);
  }

  /** The network changed: the old path may be dead although nobody has noticed yet. */
  restartSoon(): void {
    if (this.state !== 'new' && this.state !== 'closed') this.#schedule(0);
  }

  close(): void {
    this.#closed = true;
    this.#cancelTimer?.();
    this.#cancelTimer = null;
  }

  #onState(state: Transport['connectionState']): void {
    if (state === 'failed') this.#schedule(0);
    else if (state === 'disconnected') this.#schedule(GRACE_MS);
    else if (state === 'connected') {
      this.#cancelTimer?.();
      this.#cancelTimer = null;
    }
  }

  #schedule(delayMs: number): void {
    if (this.#closed || this.#restarting) return;
    const { clock } = this.#options;
    const earliestMs = this.#lastRestartAt + MIN_INTERVAL_MS - clock.now();
    this.#cancelTimer?.();
    this.#cancelTimer = clock.after(Math.max(delayMs, earliestMs), () => {
      this.#cancelTimer = null;
      void this.#restart();
    });
  }

  async #restart(): Promise<void> {
    this.#restarting = true;
    this.#lastRestartAt = this.#options.clock.now();
    try {
      await this.#options.restart();
    } catch {
      // No line to the server: `check` comes when there is one, and the timer below meanwhile.
    } finally {
      this.#restarting = false;
    }
    if (this.#options.transport.connectionState !== 'connected') this.#schedule(MIN_INTERVAL_MS);
  }
}
