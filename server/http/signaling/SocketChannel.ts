import type { WebSocket } from 'ws';
import { AppError } from '../../base/AppError.ts';
import type { Clock } from '../../base/Clock.ts';
import type { Logger } from '../../base/logger.ts';
import type { RequestFrame, ResponseFrame, ServerFrame } from '../../protocol/envelope.ts';
import { CLOSE_CODE, ERROR_STATUS, type CloseCode } from '../../protocol/errors.ts';
import type {
  Notification,
  ServerRequestData,
  ServerRequestName,
} from '../../protocol/signaling.ts';
import type { Channel } from '../../rooms/Channel.ts';
import { decodeFrame } from './decode.ts';
import { TokenBucket } from './TokenBucket.ts';

/**
 * Requests a client may leave unanswered: every track of the largest room, and then some. There is
 * no time limit, because a page that was frozen in the background answers when it is shown again.
 */
const MAX_UNANSWERED = 2_000;
/** A client that was asked for a sign of life and has given none by then is cut off. */
const SIGN_TIMEOUT_MS = 5_000;
/** Bytes waiting for a slow reader: past the first, news that goes stale is dropped; then the reader. */
const STALE_NEWS_LIMIT_BYTES = 64 * 1024;
const BACKLOG_LIMIT_BYTES = 1024 * 1024;
/** Frames a second, and at once: a join of a large room answers an offer per track in one go. */
const FRAMES_PER_SECOND = 60;
const FRAME_BURST = 600;
/** Requests of one client being worked on. */
const MAX_IN_FLIGHT = 64;
const MAX_STRIKES = 3;

/** What is worth nothing a moment later. */
const STALE_NEWS: ReadonlySet<Notification['name']> = new Set(['audioLevels', 'layerChanged']);

export interface SocketChannelOptions {
  readonly socket: WebSocket;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Answers a request; what it throws is sent as an error. */
  readonly onRequest: (frame: RequestFrame) => Promise<unknown>;
  /** Once, when the socket is gone for whatever reason. */
  readonly onClose: (code: number) => void;
}

interface Pending {
  readonly resolve: () => void;
  readonly reject: (error: Error) => void;
}

/** protoo over one WebSocket: matches answers to requests, and bounds what a client can cost. */
export class SocketChannel implements Channel {
  readonly #socket: WebSocket;
  readonly #logger: Logger;
  readonly #options: SocketChannelOptions;
  readonly #pending = new Map<number, Pending>();
  readonly #bucket: TokenBucket;
  #nextId = 1;
  #inFlight = 0;
  #strikes = 0;
  #heard = true;
  #stopAsking: (() => void) | undefined;

  constructor(options: SocketChannelOptions) {
    this.#options = options;
    this.#socket = options.socket;
    this.#logger = options.logger;
    this.#bucket = new TokenBucket(FRAMES_PER_SECOND, FRAME_BURST, options.clock);
    this.#socket.on('message', (data: Buffer, isBinary) => this.#receive(data, isBinary));
    this.#socket.on('pong', () => this.#hear());
    this.#socket.on('error', (error) => this.#logger.debug({ err: error }, 'socket error'));
    this.#socket.once('close', (code) => this.#closed(code));
  }

  request<N extends ServerRequestName>(name: N, data: ServerRequestData<N>): Promise<void> {
    if (this.#pending.size >= MAX_UNANSWERED) this.close(CLOSE_CODE.tryLater, 'Not answering');
    if (this.#socket.readyState !== this.#socket.OPEN) {
      return Promise.reject(new Error('The socket is closed'));
    }
    const id = this.#nextId++;
    return new Promise((resolve, reject) => {
      this.#pending.set(id, { resolve, reject });
      this.#send({ request: true, id, method: name, data });
    });
  }

  notify(notification: Notification): void {
    const stale = STALE_NEWS.has(notification.name);
    if (stale && this.#socket.bufferedAmount > STALE_NEWS_LIMIT_BYTES) return;
    this.#sendText(encodeOnce(notification));
  }

  probe(): void {
    if (this.#stopAsking) return;
    this.#socket.ping();
    this.#stopAsking = this.#options.clock.after(SIGN_TIMEOUT_MS, () => this.#socket.terminate());
  }

  /** Once in a while: whoever has been silent since the last time is probed. */
  beat(): void {
    if (this.#heard) this.#heard = false;
    else this.probe();
  }

  close(code: CloseCode, reason: string): void {
    this.#socket.close(code, reason);
  }

  #receive(data: Buffer, isBinary: boolean): void {
    if (this.#socket.readyState !== this.#socket.OPEN) return;
    this.#hear();
    if (isBinary) return this.close(CLOSE_CODE.unsupportedData, 'Text frames only');
    if (!this.#bucket.take()) return this.close(CLOSE_CODE.tooFast, 'Too many messages');
    try {
      const frame = decodeFrame(data.toString('utf8'));
      if ('request' in frame) this.#answer(frame);
      else this.#settle(frame);
    } catch {
      this.#strike();
    }
  }

  #answer(frame: RequestFrame): void {
    if (this.#inFlight >= MAX_IN_FLIGHT) {
      this.#refuse(frame.id, new AppError('rate_limited', 'Too many requests at once'));
      return;
    }
    this.#inFlight += 1;
    this.#options
      .onRequest(frame)
      .then(
        (data) => this.#send({ response: true, id: frame.id, ok: true, data }),
        (error: unknown) => this.#refuse(frame.id, error),
      )
      .finally(() => {
        this.#inFlight -= 1;
      });
  }

  #refuse(id: number, error: unknown): void {
    const known = error instanceof AppError;
    if (!known) this.#logger.error({ err: error }, 'request failed');
    const code = known ? error.code : 'internal';
    this.#send({
      response: true,
      id,
      ok: false,
      errorCode: ERROR_STATUS[code],
      errorReason: code,
      detail: known ? error.message : 'Something went wrong on our side',
    });
    if (code === 'bad_request') this.#strike();
  }

  #settle(frame: ResponseFrame): void {
    const pending = this.#pending.get(frame.id);
    if (!pending) return;
    this.#pending.delete(frame.id);
    if (frame.ok) pending.resolve();
    else pending.reject(new Error(`refused: ${frame.errorReason}`));
  }

  #strike(): void {
    this.#strikes += 1;
    if (this.#strikes >= MAX_STRIKES) this.close(CLOSE_CODE.protocol, 'Third malformed message');
  }

  #send(frame: ServerFrame): void {
    this.#sendText(JSON.stringify(frame));
  }

  #sendText(text: string): void {
    if (this.#socket.readyState !== this.#socket.OPEN) return;
    if (this.#socket.bufferedAmount > BACKLOG_LIMIT_BYTES) {
      this.close(CLOSE_CODE.tryLater, 'Reading too slowly');
      return;
    }
    this.#socket.send(text);
  }

  #hear(): void {
    this.#heard = true;
    this.#stopAsking?.();
    this.#stopAsking = undefined;
  }

  #closed(code: number): void {
    this.#stopAsking?.();
    for (const { reject } of this.#pending.values()) reject(new Error('The socket closed'));
    this.#pending.clear();
    this.#options.onClose(code);
  }
}

const encodedNotifications = new WeakMap<Notification, string>();

/** A room tells everybody the same thing: it is put into words once. */
const encodeOnce = (notification: Notification): string => {
  const known = encodedNotifications.get(notification);
  if (known !== undefined) return known;
  const frame: ServerFrame = {
    notification: true,
    method: notification.name,
    data: notification.data,
  };
  const text = JSON.stringify(frame);
  encodedNotifications.set(notification, text);
  return text;
};
