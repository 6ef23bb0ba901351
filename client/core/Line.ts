import { CLOSE_CODE, FINAL_CLOSE_CODES } from '../../server/protocol/errors.ts';
import type {
  ClientRequestData,
  ClientRequestName,
  ClientRequestReply,
  Notification,
  Snapshot,
} from '../../server/protocol/signaling.ts';
import { retryDelayMs } from './backoff.ts';
import type { Clock } from './clock.ts';
import { endOf, isTurnedAway } from './endings.ts';
import { isPassing } from './insist.ts';
import { Pause } from './Pause.ts';
import type { TrackOffer } from './Receiver.ts';
import { SILENT_LINE, SignalingClient, type SocketConstructor } from './SignalingClient.ts';
import { isLineFault, SignalingError } from './SignalingError.ts';
import type { EndReason } from './store.ts';

export type Request = <N extends ClientRequestName>(
  name: N,
  data: ClientRequestData<N>,
  /** Default: what is long for an answer. */
  timeoutMs?: number,
) => Promise<ClientRequestReply<N>>;

export interface LineEvents {
  /** In the room, first or again. `doubtful`: the way to the server may have changed. */
  readonly onEntered: (snapshot: Snapshot, how: { doubtful: boolean }) => void;
  readonly onNotification: (notification: Notification) => void;
  readonly onOffer: (offer: TrackOffer) => Promise<void>;
  /** The socket is gone and attempt `attempt` (from 1) to come back begins. */
  readonly onRetrying: (attempt: number, since: number) => void;
  readonly onEnded: (reason: EndReason, detail?: string) => void;
}

export interface LineOptions {
  readonly url: string;
  readonly WebSocket: SocketConstructor;
  readonly clock: Clock;
  /** The words to enter with; asked anew at each `join`. */
  readonly credentials: () => ClientRequestData<'join'>;
  /** Has media come from the server since this was last asked? */
  readonly hasMediaCome: () => boolean;
  readonly events: LineEvents;
}

/** A dead network swallows a connection attempt: give up soon, the next one may get through. */
const OPEN_LIMIT_MS = 3000;
const ENTER_LIMIT_MS = 5000;
const FIRST_ENTRY_LIMIT_MS = 20_000;
/** The server keeps a lost participant's place about as long. */
const REENTRY_LIMIT_MS = 120_000;
const GOODBYE_LIMIT_MS = 1000;
const RESTART_LIMIT_MS = 20_000;

interface Attempt {
  readonly socket: SignalingClient;
  readonly since: number;
  closeCode: number;
}

type Outcome = 'entered' | 'again' | 'ended';

/** The way to the server for the length of a call, over as many sockets as it takes. */
export class Line {
  readonly #options: LineOptions;
  readonly #pause: Pause;
  #current: SignalingClient | null = null;
  #attempt: Attempt | null = null;
  #resumeToken: string | null = null;
  #entered = false;
  #over = false;
  #doubtful = false;

  constructor(options: LineOptions) {
    this.#options = options;
    this.#pause = new Pause(options.clock);
  }

  /** Resolves when in the room, or when that has failed for good. */
  async enter(): Promise<void> {
    await this.#keepTrying(FIRST_ENTRY_LIMIT_MS, 0);
  }

  readonly request: Request = (name, data, timeoutMs) =>
    this.#current
      ? this.#current.request(name, data, timeoutMs)
      : Promise.reject(new SignalingError('closed', 'no line to the server'));

  /** Does the server still hear us? And if we are waiting to try again: try now. */
  networkChanged(): void {
    this.#doubtful = true;
    this.probe();
    this.hurry();
  }

  probe(): void {
    this.#current?.probe();
  }

  /** A sign that the network is back: an attempt begun before it is likely to hang. */
  hurry(): void {
    if (this.#current || this.#over) return;
    this.#attempt?.socket.close();
    this.#pause.hurry();
  }

  /** Says goodbye if it can; `onEnded` is not called. */
  async leave(): Promise<void> {
    const socket = this.#current;
    this.#stop();
    if (!socket) return;
    await socket.request('leave', {}, GOODBYE_LIMIT_MS).catch(() => {});
    socket.closeForGood();
  }

  async #keepTrying(limitMs: number, firstDelayMs: number): Promise<void> {
    const { clock, events } = this.#options;
    const since = clock.now();
    let delayMs = firstDelayMs;
    for (let attempt = 1; !this.#over; attempt++) {
      if (this.#entered) events.onRetrying(attempt, since);
      await this.#pause.take(delayMs);
      if (this.#over) return;
      const startedAt = clock.now();
      const outcome = await this.#tryOnce(since);
      if (outcome !== 'again') return;
      if (clock.now() - since >= limitMs) {
        this.#end('unreachable');
        return;
      }
      // An attempt that hung has already waited.
      delayMs = retryDelayMs(attempt, Math.random()) - (clock.now() - startedAt);
    }
  }

  async #tryOnce(since: number): Promise<Outcome> {
    const { url, WebSocket, clock, events } = this.#options;
    // What the server sends behind its snapshot may be here before the snapshot is dealt with.
    const early: (() => void)[] = [];
    const inOrder = (task: () => void) => {
      if (this.#current === socket) task();
      else early.push(task);
    };
    const socket: SignalingClient = new SignalingClient({
      url,
      WebSocket,
      clock,
      onNotification: (notification) => inOrder(() => events.onNotification(notification)),
      onOffer: (offer) =>
        new Promise((resolve, reject) => {
          inOrder(() => void events.onOffer(offer).then(resolve, reject));
        }),
      hasMediaCome: this.#options.hasMediaCome,
      onClosed: (code) => this.#onClosed(socket, code),
    });
    const attempt: Attempt = { socket, since, closeCode: 0 };
    this.#attempt = attempt;
    try {
      await socket.opened(OPEN_LIMIT_MS);
      const snapshot = await this.#introduce(socket);
      if (this.#over || socket.closed) throw new SignalingError('closed');
      this.#adopt(socket, snapshot);
      for (const task of early) task();
      return 'entered';
    } catch (error) {
      socket.close();
      return this.#judge(error, attempt);
    } finally {
      if (this.#attempt === attempt) this.#attempt = null;
    }
  }

  async #introduce(socket: SignalingClient): Promise<Snapshot> {
    const resumeToken = this.#resumeToken;
    if (resumeToken !== null) {
      try {
        return await socket.request('resume', { resumeToken }, ENTER_LIMIT_MS);
      } catch (error) {
        if (isLineFault(error)) throw error;
        // The server was restarted, or we come too late: enter like a stranger.
        this.#resumeToken = null;
      }
    }
    return socket.request('join', this.#options.credentials(), ENTER_LIMIT_MS);
  }

  #adopt(socket: SignalingClient, snapshot: Snapshot): void {
    const doubtful = this.#doubtful;
    this.#doubtful = false;
    this.#pause.settle();
    this.#entered = true;
    this.#current = socket;
    this.#resumeToken = snapshot.self.resumeToken;
    socket.startPinging();
    this.#options.events.onEntered(snapshot, { doubtful });
  }

  #judge(error: unknown, { closeCode, since }: Attempt): Outcome {
    if (this.#over) return 'ended';
    if (FINAL_CLOSE_CODES.has(closeCode)) {
      this.#end(...endOf(closeCode));
      return 'ended';
    }
    if (isTurnedAway(error) && !this.#mayPass(error, since)) {
      this.#end('refused', error.code);
      return 'ended';
    }
    if (isLineFault(error) || isPassing(error)) return 'again';
    throw error;
  }

  /** A server that is going down knows its rooms no more, and will once it is up again. */
  #mayPass({ code }: SignalingError, since: number): boolean {
    const { clock } = this.#options;
    return this.#entered && code === 'not_found' && clock.now() - since < RESTART_LIMIT_MS;
  }

  #onClosed(socket: SignalingClient, code: number): void {
    if (this.#attempt?.socket === socket) this.#attempt.closeCode = code;
    if (this.#current !== socket) return;
    this.#current = null;
    if (FINAL_CLOSE_CODES.has(code)) {
      this.#end(...endOf(code));
      return;
    }
    if (code === SILENT_LINE) this.#doubtful = true;
    const firstDelayMs = code === CLOSE_CODE.tryLater ? retryDelayMs(3, Math.random()) : 0;
    void this.#keepTrying(REENTRY_LIMIT_MS, firstDelayMs);
  }

  #end(reason: EndReason, detail?: string): void {
    if (this.#over) return;
    this.#stop();
    this.#options.events.onEnded(reason, detail);
  }

  #stop(): void {
    this.#over = true;
    this.#attempt?.socket.closeForGood();
    this.#current = null;
    this.#pause.end();
  }
}
