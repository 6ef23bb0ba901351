import { CLOSE_CODE, FINAL_CLOSE_CODES } from '../../server/protocol/errors.ts';
import type { Notification } from '../../server/protocol/signaling.ts';
import { retryDelayMs } from './backoff.ts';
import type { Clock } from './clock.ts';
import { endOf, isTurnedAway } from './endings.ts';
import type { Request } from './Line.ts';
import { Pause } from './Pause.ts';
import { SignalingClient, type SocketConstructor } from './SignalingClient.ts';
import { SignalingError } from './SignalingError.ts';

export interface CallLineOptions {
  readonly url: string;
  readonly WebSocket: SocketConstructor;
  readonly clock: Clock;
  /** The first words on each socket: who is here, or which call is followed. */
  readonly introduce: (request: Request) => Promise<void>;
  readonly onNotification: (notification: Notification) => void;
  /** The server hears us from now on, or does not. */
  readonly onOpen: (open: boolean) => void;
  /** The server wants no more of it; nothing is tried again. */
  readonly onRefused: (why: string) => void;
}

/** Every page that is open asks so often; oftener finds a dead line sooner. */
export const IDLE_PING_INTERVAL_MS = 10_000;
/** A dead network swallows a connection attempt: give up soon, the next one may get through. */
const OPEN_LIMIT_MS = 3000;
const INTRODUCTION_LIMIT_MS = 5000;
/** Which attempt's delay is waited for when a server is full. */
const FULL_SERVER = 3;

interface Waiting {
  readonly resolve: () => void;
  readonly reject: (error: SignalingError) => void;
}

/** The way to the server for calls, over as many sockets as it takes, until it is closed. */
export class CallLine {
  readonly #options: CallLineOptions;
  readonly #pause: Pause;
  readonly #waiting = new Set<Waiting>();
  #current: SignalingClient | null = null;
  #attempt: SignalingClient | null = null;
  #closeCode = 0;
  #over = false;

  constructor(options: CallLineOptions) {
    this.#options = options;
    this.#pause = new Pause(options.clock);
    void this.#keepTrying(0);
  }

  get open(): boolean {
    return this.#current !== null;
  }

  readonly request: Request = (name, data, timeoutMs) =>
    this.#current
      ? this.#current.request(name, data, timeoutMs)
      : Promise.reject(new SignalingError('closed', 'no line to the server'));

  /** Resolves when the server hears us; rejects when it does not in time, or never will. */
  opened(limitMs: number): Promise<void> {
    if (this.#current) return Promise.resolve();
    if (this.#over) return Promise.reject(new SignalingError('closed'));
    return new Promise((resolve, reject) => {
      const settle = (run: () => void) => {
        cancel();
        this.#waiting.delete(waiting);
        run();
      };
      const waiting: Waiting = {
        resolve: () => settle(resolve),
        reject: (error) => settle(() => reject(error)),
      };
      const cancel = this.#options.clock.after(limitMs, () =>
        waiting.reject(new SignalingError('timeout')),
      );
      this.#waiting.add(waiting);
    });
  }

  /** Does the server still hear us? And if we are waiting to try again: try now. */
  networkChanged(): void {
    if (this.#over) return;
    if (this.#current) this.#current.probe();
    else {
      this.#attempt?.close();
      this.#pause.hurry();
    }
  }

  /** For good; nothing is told any more. */
  close(): void {
    if (this.#over) return;
    this.#over = true;
    this.#attempt?.closeForGood();
    this.#current?.closeForGood();
    this.#current = null;
    this.#pause.end();
    for (const { reject } of this.#waiting) reject(new SignalingError('closed'));
  }

  async #keepTrying(firstDelayMs: number): Promise<void> {
    const { clock } = this.#options;
    let delayMs = firstDelayMs;
    for (let attempt = 1; !this.#over; attempt++) {
      await this.#pause.take(delayMs);
      if (this.#over) return;
      const startedAt = clock.now();
      if (await this.#tryOnce()) return;
      // An attempt that hung has already waited.
      delayMs = retryDelayMs(attempt, Math.random()) - (clock.now() - startedAt);
    }
  }

  /** Resolves with whether that was the last attempt that is needed. */
  async #tryOnce(): Promise<boolean> {
    const { url, WebSocket, clock, introduce, onNotification } = this.#options;
    // What the server sends behind its answer may be here before the answer is dealt with.
    const early: Notification[] = [];
    const socket: SignalingClient = new SignalingClient({
      url,
      WebSocket,
      clock,
      onNotification: (notification) => {
        if (this.#current === socket) onNotification(notification);
        else early.push(notification);
      },
      onOffer: () => Promise.reject(new Error('no room on this line')),
      hasMediaCome: () => false,
      pingIntervalMs: IDLE_PING_INTERVAL_MS,
      onClosed: (code) => this.#onClosed(socket, code),
    });
    this.#attempt = socket;
    this.#closeCode = 0;
    try {
      await socket.opened(OPEN_LIMIT_MS);
      await introduce((name, data) => socket.request(name, data, INTRODUCTION_LIMIT_MS));
      if (this.#over || socket.closed) throw new SignalingError('closed');
      this.#adopt(socket);
      for (const notification of early) onNotification(notification);
      return true;
    } catch (error) {
      socket.close();
      return this.#isFinal(error);
    } finally {
      if (this.#attempt === socket) this.#attempt = null;
    }
  }

  #adopt(socket: SignalingClient): void {
    this.#current = socket;
    this.#pause.settle();
    socket.startPinging();
    this.#options.onOpen(true);
    for (const { resolve } of this.#waiting) resolve();
  }

  #isFinal(error: unknown): boolean {
    if (this.#over) return true;
    if (FINAL_CLOSE_CODES.has(this.#closeCode)) this.#refused(reasonOf(this.#closeCode));
    else if (isTurnedAway(error)) this.#refused(error.code);
    else if (!(error instanceof SignalingError)) throw error;
    return this.#over;
  }

  #onClosed(socket: SignalingClient, code: number): void {
    if (this.#attempt === socket) this.#closeCode = code;
    if (this.#current !== socket) return;
    this.#current = null;
    this.#options.onOpen(false);
    if (FINAL_CLOSE_CODES.has(code)) {
      this.#refused(reasonOf(code));
      return;
    }
    const attempt = code === CLOSE_CODE.tryLater ? FULL_SERVER : 1;
    void this.#keepTrying(retryDelayMs(attempt, Math.random()));
  }

  #refused(why: string): void {
    this.close();
    this.#options.onRefused(why);
  }
}

const reasonOf = (code: number): string => {
  const [reason, detail] = endOf(code);
  return detail ?? reason;
};
