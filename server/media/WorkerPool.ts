import { EventEmitter, once } from 'node:events';
import type { types } from 'mediasoup';
import { AppError } from '../base/AppError.ts';
import type { Clock } from '../base/Clock.ts';
import type { Logger } from '../base/logger.ts';
import type { MediaPool } from '../rooms/MediaRoom.ts';
import type { MediasoupRoom } from './MediasoupRoom.ts';
import { MediaWorker } from './MediaWorker.ts';

/** Pause before a worker is started again; doubles with each death in quick succession. */
const RESTART_DELAY_MS = { first: 20, longest: 5_000 } as const;
/** A worker that lived this long has proved itself: its death counts as the first. */
const STABLE_AFTER_MS = 10_000;
/** How long a room waits for a worker before its people are told to come back later. */
const OPEN_TIMEOUT_MS = 8_000;

export interface WorkerPoolOptions {
  readonly count: number;
  readonly workerBin: string | undefined;
  /** Address the workers listen on. */
  readonly listenIp: string;
  /** Address that clients are told, when it is another one. */
  readonly announcedAddress: string | undefined;
  /** UDP and TCP port of the first worker, the next one's is one higher; 0: any free ones. */
  readonly firstPort: number;
  readonly clock: Clock;
  readonly logger: Logger;
}

type WorkerPoolEvents = { workerStarted: [] };

/** One worker per core, each replaced when it dies. */
export class WorkerPool extends EventEmitter<WorkerPoolEvents> implements MediaPool {
  readonly #options: WorkerPoolOptions;
  readonly #workers = new Map<number, MediaWorker>();
  readonly #restarts = new Map<number, () => void>();
  #closed = false;

  /** Rejects when any worker cannot start: a wrong binary or a taken port is the operator's to mend. */
  static async create(options: WorkerPoolOptions): Promise<WorkerPool> {
    const pool = new WorkerPool(options);
    try {
      await Promise.all(Array.from({ length: options.count }, (_, index) => pool.#start(index)));
    } catch (error) {
      await pool.close();
      throw error;
    }
    return pool;
  }

  private constructor(options: WorkerPoolOptions) {
    super();
    // One listener for each room that waits for a worker.
    this.setMaxListeners(0);
    this.#options = options;
  }

  /** Process ids of the living workers. */
  get pids(): readonly number[] {
    return [...this.#workers.values()].map((worker) => worker.pid);
  }

  async open(): Promise<MediasoupRoom> {
    const deadline = this.#options.clock.now() + OPEN_TIMEOUT_MS;
    const failed = new Set<MediaWorker>();
    for (;;) {
      const worker = this.#leastLoaded(failed);
      if (!worker) {
        await this.#nextWorker(deadline);
        continue;
      }
      try {
        return await worker.openRoom();
      } catch (error) {
        // It died under our hands: another one may stand.
        failed.add(worker);
        this.#options.logger.warn({ err: error }, 'could not open a router');
      }
    }
  }

  /** Idempotent. Resolves when every worker process is gone. */
  async close(): Promise<void> {
    this.#closed = true;
    for (const cancel of this.#restarts.values()) cancel();
    this.#restarts.clear();
    const workers = [...this.#workers.values()];
    this.#workers.clear();
    await Promise.all(workers.map((worker) => worker.close()));
  }

  async #start(index: number, failures = 0): Promise<void> {
    const worker = await MediaWorker.create({
      workerBin: this.#options.workerBin,
      listenInfos: this.#listenInfos(index),
      clock: this.#options.clock,
      logger: this.#options.logger,
    });
    if (this.#closed) {
      await worker.close();
      return;
    }
    const startedAt = this.#options.clock.now();
    this.#workers.set(index, worker);
    worker.once('died', () => {
      this.#workers.delete(index);
      const stable = this.#options.clock.now() - startedAt >= STABLE_AFTER_MS;
      this.#restart(index, stable ? 0 : failures + 1);
    });
    this.emit('workerStarted');
  }

  #restart(index: number, failures: number): void {
    if (this.#closed) return;
    const { first, longest } = RESTART_DELAY_MS;
    const delayMs = Math.min(first * 2 ** failures, longest);
    const cancel = this.#options.clock.after(delayMs, () => {
      this.#restarts.delete(index);
      this.#start(index, failures).catch((error: unknown) => {
        this.#options.logger.error({ err: error }, 'worker does not start');
        this.#restart(index, failures + 1);
      });
    });
    this.#restarts.set(index, cancel);
  }

  #leastLoaded(except: ReadonlySet<MediaWorker>): MediaWorker | undefined {
    return [...this.#workers.values()]
      .filter((worker) => worker.alive && !except.has(worker))
      .toSorted((a, b) => a.load - b.load)[0];
  }

  #listenInfos(index: number): types.TransportListenInfo[] {
    const { listenIp, announcedAddress, firstPort } = this.#options;
    return (['udp', 'tcp'] as const).map((protocol) => ({
      protocol,
      ip: listenIp,
      ...(announcedAddress === undefined ? {} : { announcedAddress }),
      ...(firstPort === 0 ? {} : { port: firstPort + index }),
    }));
  }

  async #nextWorker(deadline: number): Promise<void> {
    const remainingMs = deadline - this.#options.clock.now();
    if (this.#closed || remainingMs <= 0) throw noWorker();
    try {
      await once(this, 'workerStarted', { signal: AbortSignal.timeout(remainingMs) });
    } catch (error) {
      throw noWorker(error);
    }
  }
}

const noWorker = (cause?: unknown): AppError =>
  new AppError('unavailable', 'No media worker is running; try again shortly', {
    cause,
    retryAfterSeconds: 2,
  });
