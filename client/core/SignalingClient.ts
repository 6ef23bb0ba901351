import type { ResponseFrame, ServerFrame } from '../../server/protocol/envelope.ts';
import { CLOSE_CODE, ERROR_STATUS, type ErrorCode } from '../../server/protocol/errors.ts';
import type {
  ClientRequestData,
  ClientRequestName,
  ClientRequestReply,
  Notification,
  ServerRequestData,
} from '../../server/protocol/signaling.ts';
import { systemClock, type Clock } from './clock.ts';
import { parseFrame } from './frames.ts';
import { SignalingError, isErrorCode } from './SignalingError.ts';

/** What is used of a WebSocket: the browser's, Node's and `ws`'s all have it. */
export interface SocketLike {
  addEventListener(type: 'open' | 'error', listener: () => void): void;
  addEventListener(type: 'message', listener: (event: { data: unknown }) => void): void;
  addEventListener(type: 'close', listener: (event: { code: number }) => void): void;
  send(data: string): void;
  readonly readyState?: number;
  close(code?: number, reason?: string): void;
}

export type SocketConstructor = new (url: string) => SocketLike;

export interface SignalingOptions {
  readonly url: string;
  readonly WebSocket: SocketConstructor;
  readonly clock?: Clock;
  /** The server offers a track; the promise's outcome is the answer. */
  readonly onOffer: (offer: ServerRequestData<'offerTrack'>) => Promise<void>;
  readonly onNotification: (notification: Notification) => void;
  /** Has media come from the server since this was last asked? */
  readonly hasMediaCome: () => boolean;
  /** How long the line may be silent before it is asked; default: `PING_INTERVAL_MS`. */
  readonly pingIntervalMs?: number;
  /** Once, when the socket is gone or has been given up; never after `close()`. */
  readonly onClosed: (code: number) => void;
}

const REQUEST_TIMEOUT_MS = 10_000;
/** How long a line may be silent before it is asked: less finds a dead one sooner. */
export const PING_INTERVAL_MS = 2000;
/**
 * While media proves that the way to the server is there, and only the socket itself can be dead. Some
 * proxies close a socket that has been idle for a minute.
 */
export const RELAXED_PING_INTERVAL_MS = 45_000;
/** How often that is looked at. */
const LOOK_INTERVAL_MS = 1000;
/** Less notices a dead line sooner, more forgives a slow one. */
export const PING_LIMIT_MS = 3000;
/** Of a WebSocket's `readyState`; later ones are closing and closed. */
const OPEN_STATE = 1;
/** RFC 6455: the connection was lost without a close frame. */
const ABNORMAL_CLOSE = 1006;
/** Ours, never on the wire: the line was given up because nothing came over it any more. */
export const SILENT_LINE = 4999;

interface Pending {
  readonly resolve: (data: unknown) => void;
  readonly reject: (error: SignalingError) => void;
}

/** One socket, from its opening to its end. It never reconnects. */
export class SignalingClient {
  readonly #options: SignalingOptions;
  readonly #clock: Clock;
  readonly #socket: SocketLike;
  readonly #pending = new Map<number, Pending>();
  #nextId = 1;
  #open = false;
  #closed = false;
  #lastHeardAt = 0;
  #stopPinging: () => void = () => {};
  #stopWaitingForLife: (() => void) | null = null;
  #settleOpening: ((error: SignalingError | null) => void) | null = null;

  constructor(options: SignalingOptions) {
    this.#options = options;
    this.#clock = options.clock ?? systemClock;
    this.#socket = new options.WebSocket(options.url);
    this.#socket.addEventListener('open', () => this.#onOpen());
    this.#socket.addEventListener('message', (event) => this.#onMessage(event.data));
    this.#socket.addEventListener('close', (event) => this.#end(event.code));
    // Unheard, `ws` would throw it; the close event that follows says as much.
    this.#socket.addEventListener('error', () => {});
  }

  get closed(): boolean {
    return this.#closed;
  }

  /** Resolves when the socket is open; rejects with `closed` or `timeout`, and the socket is gone. */
  opened(timeoutMs: number): Promise<void> {
    if (this.#open) return Promise.resolve();
    if (this.#closed) return Promise.reject(new SignalingError('closed'));
    return new Promise((resolve, reject) => {
      const cancel = this.#clock.after(timeoutMs, () => {
        this.#settleOpening?.(new SignalingError('timeout'));
        this.close();
      });
      this.#settleOpening = (error) => {
        cancel();
        this.#settleOpening = null;
        if (error) reject(error);
        else resolve();
      };
    });
  }

  request<N extends ClientRequestName>(
    name: N,
    data: ClientRequestData<N>,
    timeoutMs: number = REQUEST_TIMEOUT_MS,
  ): Promise<ClientRequestReply<N>> {
    if (this.#closed) return Promise.reject(new SignalingError('closed'));
    const id = this.#nextId++;
    return new Promise<ClientRequestReply<N>>((resolve, reject) => {
      const cancel = this.#clock.after(timeoutMs, () => {
        this.#pending.delete(id);
        reject(new SignalingError('timeout', `no answer to ${name}`));
      });
      this.#pending.set(id, {
        // The server checks its replies against the schema this type is made from.
        resolve: (reply) => {
          cancel();
          resolve(reply as ClientRequestReply<N>);
        },
        reject: (error) => {
          cancel();
          reject(error);
        },
      });
      this.#send({ request: true, id, method: name, data });
    });
  }

  /** From now on a line that does not answer is closed. */
  startPinging(): void {
    this.#stopPinging();
    this.#stopPinging = this.#clock.after(LOOK_INTERVAL_MS, () => {
      const limitMs = this.#options.hasMediaCome()
        ? RELAXED_PING_INTERVAL_MS
        : (this.#options.pingIntervalMs ?? PING_INTERVAL_MS);
      if (this.#clock.now() - this.#lastHeardAt >= limitMs) this.probe();
      this.startPinging();
    });
  }

  /** Ask for a sign of life now: anything that arrives is one. */
  probe(): void {
    if (this.#closed || this.#stopWaitingForLife) return;
    const askedAt = this.#clock.now();
    this.#stopWaitingForLife = this.#clock.after(PING_LIMIT_MS, () => {
      this.#stopWaitingForLife = null;
      if (this.#lastHeardAt < askedAt) this.#end(SILENT_LINE);
    });
    this.request('ping', {}).then(
      () => this.#foundAlive(),
      () => {},
    );
  }

  /**
   * Gives this socket up, not the place in the room: another one may resume. `onClosed` is not
   * called.
   */
  close(): void {
    this.#finish(ABNORMAL_CLOSE);
  }

  /** As `close`, and the server understands that nobody will come back. */
  closeForGood(): void {
    this.#finish(CLOSE_CODE.normal);
  }

  #foundAlive(): void {
    this.#stopWaitingForLife?.();
    this.#stopWaitingForLife = null;
  }

  #onOpen(): void {
    if (this.#closed) return;
    this.#open = true;
    this.#lastHeardAt = this.#clock.now();
    this.#settleOpening?.(null);
  }

  #onMessage(data: unknown): void {
    if (this.#closed) return;
    this.#lastHeardAt = this.#clock.now();
    const frame = parseFrame(data);
    if (frame) this.#onFrame(frame);
  }

  #onFrame(frame: ServerFrame): void {
    if ('notification' in frame) {
      // The server checks what it sends against the schema this type is made from.
      this.#options.onNotification({ name: frame.method, data: frame.data } as Notification);
    } else if ('response' in frame) {
      this.#onResponse(frame);
    } else {
      void this.#answer(frame.id, frame.method, frame.data);
    }
  }

  #onResponse(frame: ResponseFrame): void {
    const pending = this.#pending.get(frame.id);
    if (!pending) return;
    this.#pending.delete(frame.id);
    if (frame.ok) pending.resolve(frame.data);
    else {
      const code: ErrorCode = isErrorCode(frame.errorReason) ? frame.errorReason : 'internal';
      pending.reject(new SignalingError(code, frame.detail ?? code));
    }
  }

  async #answer(id: number, method: string, data: unknown): Promise<void> {
    const refuse = (code: ErrorCode) =>
      this.#send({
        response: true,
        id,
        ok: false,
        errorCode: ERROR_STATUS[code],
        errorReason: code,
      });
    if (method !== 'offerTrack') {
      refuse('bad_request');
      return;
    }
    try {
      await this.#options.onOffer(data as ServerRequestData<'offerTrack'>);
      this.#send({ response: true, id, ok: true, data: {} });
    } catch {
      refuse('wrong_state');
    }
  }

  #send(frame: object): void {
    if (this.#closed) return;
    // Browsers complain of what is sent to a socket that the server is closing.
    if ((this.#socket.readyState ?? 0) > OPEN_STATE) return;
    try {
      this.#socket.send(JSON.stringify(frame));
    } catch {
      // The socket is closing: its close event follows and rejects what waits.
    }
  }

  #end(code: number): void {
    if (this.#closed) return;
    this.#finish(code);
    this.#options.onClosed(code);
  }

  #finish(code: number): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#stopPinging();
    this.#foundAlive();
    this.#settleOpening?.(new SignalingError('closed', `closed with ${code}`));
    for (const pending of this.#pending.values()) {
      pending.reject(new SignalingError('closed', `closed with ${code}`));
    }
    this.#pending.clear();
    try {
      // A dead line does not answer the close frame; nobody waits for it.
      this.#socket.close(code === CLOSE_CODE.normal ? CLOSE_CODE.normal : undefined);
    } catch {
      // Never opened: there is nothing to close.
    }
  }
}
