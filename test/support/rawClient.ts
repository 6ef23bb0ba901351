import { EventEmitter, once } from 'node:events';
import { Compile, type Validator } from 'typebox/compile';
import type { TSchema } from 'typebox';
import { WebSocket } from 'ws';
import {
  ErrorResponseFrameSchema,
  NotificationFrameSchema,
  OkResponseFrameSchema,
  RequestFrameSchema,
  type ResponseFrame,
  type ServerFrame,
} from '../../server/protocol/envelope.ts';
import type { ErrorCode } from '../../server/protocol/errors.ts';
import {
  clientRequests,
  notifications,
  serverRequests,
  type ClientRequestData,
  type ClientRequestName,
  type ClientRequestReply,
  type Notification,
  type NotificationData,
  type NotificationName,
  type ServerRequestData,
  type Snapshot,
} from '../../server/protocol/signaling.ts';

/** The answer was no. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly code: ErrorCode;
  readonly status: number;

  constructor(code: ErrorCode, status: number, detail: string | undefined) {
    super(`${code}: ${detail ?? ''}`);
    this.code = code;
    this.status = status;
  }
}

export interface Closing {
  readonly code: number;
  readonly reason: string;
}

type Offer = ServerRequestData<'offerTrack'>;
/** What becomes of the server's requests. */
type Answering = 'accept' | 'refuse' | 'ignore';

const compiled = (schemas: Record<string, TSchema>): Map<string, Validator> =>
  new Map(Object.entries(schemas).map(([name, schema]) => [name, Compile(schema)]));

const frames = [
  RequestFrameSchema,
  OkResponseFrameSchema,
  ErrorResponseFrameSchema,
  NotificationFrameSchema,
].map((schema) => Compile(schema));
const notificationData = compiled(notifications);
const offerData = Compile(serverRequests.offerTrack.data);
const replies = compiled(
  Object.fromEntries(Object.entries(clientRequests).map(([name, { reply }]) => [name, reply])),
);

/** Names of all that servers have said to any client of this process. */
export const heard = new Set<string>();

/**
 * Speaks the protocol frame by frame and knows nothing of media. All that the server says is held
 * against its schema; what breaks it fails the request under way and every later one.
 */
export class RawClient {
  readonly socket: WebSocket;
  readonly notifications: Notification[] = [];
  readonly offers: Offer[] = [];
  readonly closed: Promise<Closing>;
  answering: Answering = 'accept';
  /** Answers to frames that were written by hand are no surprise. */
  lenient = false;
  readonly #news = new EventEmitter<{ news: [] }>();
  readonly #pending = new Map<number, (frame: ServerFrame) => void>();
  #nextId = 1;
  #broken: Error | undefined;

  /**
   * Resolves once the socket is open. `url` is the server's: `http://localhost:3000`. `from`: an
   * address, for servers that believe a proxy here. `localAddress`: the socket's own.
   */
  static async open(
    url: string,
    { cookie, from, localAddress }: { cookie?: string; from?: string; localAddress?: string } = {},
  ): Promise<RawClient> {
    const headers = {
      ...(cookie !== undefined && { cookie }),
      ...(from !== undefined && { 'x-forwarded-for': from }),
    };
    const address = `${url.replace(/^http/, 'ws')}/api/v1/signaling`;
    const client = new RawClient(
      new WebSocket(address, { headers, ...(localAddress && { localAddress }) }),
    );
    await once(client.socket, 'open');
    return client;
  }

  /** Opens a socket and joins. */
  static async join(
    url: string,
    room: string,
    more: Partial<ClientRequestData<'join'>> = {},
  ): Promise<{ client: RawClient; snapshot: Snapshot }> {
    const client = await RawClient.open(url);
    return { client, snapshot: await client.request('join', { room, name: 'Ann', ...more }) };
  }

  private constructor(socket: WebSocket) {
    this.socket = socket;
    this.#news.setMaxListeners(0);
    this.closed = new Promise((resolve) => {
      socket.once('close', (code, reason) => {
        resolve({ code, reason: reason.toString('utf8') });
        this.#news.emit('news');
      });
    });
    socket.on('message', (data: Buffer) => this.#receive(data.toString('utf8')));
    socket.on('error', () => undefined);
  }

  /** Rejects with `Refusal`, or when the socket closes first. */
  request<N extends ClientRequestName>(
    name: N,
    data: ClientRequestData<N>,
  ): Promise<ClientRequestReply<N>> {
    return this.requestAnything(name, data) as Promise<ClientRequestReply<N>>;
  }

  /** As `request`, for what the types do not allow. */
  async requestAnything(method: string, data: unknown): Promise<unknown> {
    const id = this.#nextId++;
    this.send({ request: true, id, method, data });
    const frame = await this.answerTo(id);
    if (!frame.ok) throw new Refusal(frame.errorReason, frame.errorCode, frame.detail);
    check(replies.get(method), frame.data, `reply to ${method}`);
    return frame.data;
  }

  /** The answer to a request that was written by hand. */
  async answerTo(id: number): Promise<ResponseFrame> {
    const answer = new Promise<ServerFrame>((resolve) => this.#pending.set(id, resolve));
    const frame = await Promise.race([answer, this.closed]);
    if (this.#broken) throw this.#broken;
    if ('code' in frame) throw new Error(`closed with ${frame.code} ${frame.reason}`);
    if (!('response' in frame)) throw new Error('not a response');
    return frame;
  }

  send(frame: unknown): void {
    this.socket.send(typeof frame === 'string' ? frame : JSON.stringify(frame));
  }

  /** The first notification of this name, past or future, that `matches`. */
  async told<N extends NotificationName>(
    name: N,
    matches: (data: NotificationData<N>) => boolean = () => true,
  ): Promise<NotificationData<N>> {
    return this.#first(`notification ${name}`, () => this.saidOf(name).find(matches));
  }

  /** The first offer that `matches`, past or future. */
  offered(matches: (offer: Offer) => boolean = () => true): Promise<Offer> {
    return this.#first('offer', () => this.offers.find(matches));
  }

  saidOf<N extends NotificationName>(name: N): NotificationData<N>[] {
    return this.notifications.flatMap((notification) =>
      notification.name === name ? [notification.data as NotificationData<N>] : [],
    );
  }

  /** Resolves when all that the server said before has arrived. */
  async settled(): Promise<void> {
    await this.request('ping', {});
  }

  async close(): Promise<void> {
    this.socket.close(1000);
    await this.closed;
  }

  /** The line is cut: no goodbye. */
  async cut(): Promise<void> {
    this.socket.terminate();
    await this.closed;
  }

  async #first<T>(what: string, find: () => T | undefined): Promise<T> {
    for (;;) {
      if (this.#broken) throw this.#broken;
      const found = find();
      if (found !== undefined) return found;
      if (this.socket.readyState === WebSocket.CLOSED) throw new Error(`closed before ${what}`);
      await once(this.#news, 'news');
    }
  }

  #receive(text: string): void {
    try {
      const frame = JSON.parse(text) as ServerFrame;
      if (!frames.some((schema) => schema.Check(frame))) throw new Error(`no frame: ${text}`);
      this.#take(frame);
    } catch (error) {
      this.#broken = error as Error;
      for (const settle of this.#pending.values()) settle({} as ServerFrame);
    }
    this.#news.emit('news');
  }

  #take(frame: ServerFrame): void {
    if ('response' in frame) {
      const settle = this.#pending.get(frame.id);
      if (!settle && this.lenient) return;
      if (!settle) throw new Error(`answer to nothing: ${JSON.stringify(frame)}`);
      this.#pending.delete(frame.id);
      settle(frame);
    } else if ('notification' in frame) {
      check(notificationData.get(frame.method), frame.data, frame.method);
      heard.add(frame.method);
      this.notifications.push({ name: frame.method, data: frame.data } as Notification);
    } else {
      check(offerData, frame.data, frame.method);
      heard.add(frame.method);
      this.offers.push(frame.data as Offer);
      this.#answer(frame.id);
    }
  }

  #answer(id: number): void {
    if (this.answering === 'ignore' || this.socket.readyState !== WebSocket.OPEN) return;
    if (this.answering === 'accept') this.send({ response: true, id, ok: true });
    else this.send({ response: true, id, ok: false, errorCode: 500, errorReason: 'internal' });
  }
}

const check = (schema: Validator | undefined, value: unknown, what: string): void => {
  if (schema?.Check(value)) return;
  const [first] = schema?.Errors(value) ?? [];
  const where = first ? `${first.instancePath} ${first.message}` : 'unknown';
  throw new Error(`${what} breaks its schema: ${where} in ${JSON.stringify(value)}`);
};
