import { EventEmitter, once } from 'node:events';
import { createWorker } from 'mediasoup';
import type { types } from 'mediasoup';
import type { Clock } from '../base/Clock.ts';
import type { Logger } from '../base/logger.ts';
import { mediaCodecs } from './codecs.ts';
import { MediasoupRoom } from './MediasoupRoom.ts';

/** How often a worker is asked for a sign of life. */
const PROBE_INTERVAL_MS = 1_000;
/**
 * A worker that has let this many turns pass without an answer is killed: fewer risks killing a busy
 * one. Turns, not time: when this process was held up itself, the answer waits unread.
 */
const MAX_MISSED_PROBES = 2;

/** A worker that was told to end and has not by then is killed. */
const CLOSE_TIMEOUT_MS = 1_000;

export interface MediaWorkerOptions {
  /** Path of the mediasoup-worker binary; absent: mediasoup's own choice. */
  readonly workerBin: string | undefined;
  readonly listenInfos: types.TransportListenInfo[];
  readonly clock: Clock;
  readonly logger: Logger;
}

export type MediaWorkerEvents = {
  /** The process is gone, by itself or because it hung and was killed. Once. */
  died: [];
};

/** One mediasoup worker process with its one UDP and TCP port, watched. */
export class MediaWorker extends EventEmitter<MediaWorkerEvents> {
  readonly #worker: types.Worker;
  readonly #webRtcServer: types.WebRtcServer;
  readonly #clock: Clock;
  readonly #logger: Logger;
  readonly #stopWatching: () => void;
  #load = 0;
  #probing = false;
  #missedProbes = 0;

  /** Rejects when the binary does not start or its port is taken. */
  static async create(options: MediaWorkerOptions): Promise<MediaWorker> {
    const worker = await createWorker({
      logLevel: 'warn',
      ...(options.workerBin === undefined ? {} : { workerBin: options.workerBin }),
    });
    try {
      const webRtcServer = await worker.createWebRtcServer({ listenInfos: options.listenInfos });
      return new MediaWorker(worker, webRtcServer, options);
    } catch (error) {
      worker.close();
      throw error;
    }
  }

  private constructor(
    worker: types.Worker,
    webRtcServer: types.WebRtcServer,
    { clock, logger }: MediaWorkerOptions,
  ) {
    super();
    this.#worker = worker;
    this.#webRtcServer = webRtcServer;
    this.#clock = clock;
    this.#logger = logger.child({ worker: worker.pid });
    this.#stopWatching = clock.every(PROBE_INTERVAL_MS, () => void this.#probe());
    worker.on('died', (error) => {
      this.#stopWatching();
      this.#logger.error({ err: error }, 'worker died');
      this.emit('died');
    });
  }

  get pid(): number {
    return this.#worker.pid;
  }

  /** Streams it carries: transports, producers and consumers alike. */
  get load(): number {
    return this.#load;
  }

  /** Can rooms be opened on it? */
  get alive(): boolean {
    return !this.#worker.closed;
  }

  async openRoom(): Promise<MediasoupRoom> {
    const router = await this.#worker.createRouter({ mediaCodecs });
    this.#weigh(router);
    return new MediasoupRoom(router, this.#webRtcServer);
  }

  /** Idempotent. Resolves when the process is gone; one that hangs is killed. */
  async close(): Promise<void> {
    this.#stopWatching();
    if (this.#worker.subprocessClosed) return;
    const gone = once(this.#worker, 'subprocessclose');
    const cancel = this.#clock.after(CLOSE_TIMEOUT_MS, () => this.#kill());
    this.#worker.close();
    await gone;
    cancel();
  }

  #weigh(router: types.Router): void {
    const add = (observer: ClosableObserver): void => {
      this.#load += 1;
      observer.once('close', () => {
        this.#load -= 1;
      });
    };
    add(router.observer);
    router.observer.on('newtransport', ({ observer }) => {
      add(observer);
      observer.on('newproducer', (producer) => add(producer.observer));
      observer.on('newconsumer', (consumer) => add(consumer.observer));
    });
  }

  #kill(): void {
    if (this.#worker.subprocessClosed) return;
    try {
      process.kill(this.#worker.pid, 'SIGKILL');
    } catch {
      // It is gone already, and its event is on its way.
    }
  }

  async #probe(): Promise<void> {
    if (this.#probing) {
      this.#missedProbes += 1;
      if (this.#missedProbes < MAX_MISSED_PROBES) return;
      this.#logger.error('worker does not answer, killing it');
      this.#kill();
      return;
    }
    this.#probing = true;
    this.#missedProbes = 0;
    try {
      await this.#worker.getResourceUsage();
      this.#probing = false;
    } catch {
      // The worker died meanwhile, which 'died' reports.
    }
  }
}

interface ClosableObserver {
  once(event: 'close', listener: () => void): unknown;
}
