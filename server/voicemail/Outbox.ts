import type { Clock } from '../base/Clock.ts';
import type { Logger } from '../base/logger.ts';
import { SerialQueue } from '../base/SerialQueue.ts';
import type { VoicemailId } from '../protocol/ids.ts';
import type { Message } from './Message.ts';

/** After the n-th failure it is tried again so much later; after the last the channel is given up. */
const RETRY_AFTER_MS = [2_000, 10_000, 60_000, 600_000, 3_600_000, 3 * 3_600_000, 12 * 3_600_000];

/** The disk or the database did not do what it should. */
const AFTER_ERROR_MS = 30_000;
/** More take longer to come to an end when the server stops. */
const AT_ONCE = 20;

/** A way of telling people of a message: push, mail, whatever is configured. */
export interface Channel {
  /** Kept in the outbox: the same at every start. */
  readonly name: string;
  /** Rejects when it is to be tried again. May be asked twice for the same message, after a crash. */
  tell(message: Message): Promise<void>;
}

/** That a message has arrived, until everybody who is to know of it does. */
export interface Notice {
  readonly messageId: VoicemailId;
  /** Names of the channels that have told of it, or were given up. */
  readonly told: readonly string[];
  /** How often telling has failed. */
  readonly failures: number;
  /** Not before this time. */
  readonly dueAt: number;
}

export interface OutboxStore {
  /** Oldest first, with their messages. */
  due(now: number, limit: number): Promise<{ notice: Notice; message: Message }[]>;
  /** When the next is due; undefined: there is none. */
  nextDueAt(): Promise<number | undefined>;
  /** Replaces what is known of it; nothing when its message is gone. */
  put(notice: Notice): Promise<void>;
  remove(id: VoicemailId): Promise<void>;
}

export interface OutboxOptions {
  readonly store: OutboxStore;
  readonly channels: readonly Channel[];
  readonly clock: Clock;
  readonly logger: Logger;
}

/** Tells of every delivered message, at least once, whatever happens in between. */
export class Outbox {
  readonly #options: OutboxOptions;
  readonly #work = new SerialQueue();
  #cancelWake: (() => void) | undefined;
  #closed = false;

  constructor(options: OutboxOptions) {
    this.#options = options;
  }

  /** There may be something to tell: at the start, and whenever a message was delivered. */
  wake(): void {
    if (this.#closed) return;
    this.#work
      .run(() => this.#tellDue())
      .catch((error: unknown) => {
        this.#options.logger.error({ err: error }, 'notices not told');
        this.#wakeAfter(AFTER_ERROR_MS);
      });
  }

  /** Idempotent. What was not told is at the next start. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#cancelWake?.();
    await this.#work.run(() => Promise.resolve());
  }

  async #tellDue(): Promise<void> {
    const { store, clock } = this.#options;
    if (this.#closed) return;
    this.#cancelWake?.();
    // Together: whoever is told of one does not wait for a way to tell somebody else of another.
    const due = await store.due(clock.now(), AT_ONCE);
    await Promise.all(due.map(({ notice, message }) => this.#tell(notice, message)));
    const next = await store.nextDueAt();
    if (next !== undefined) this.#wakeAfter(Math.max(0, next - clock.now()));
  }

  #wakeAfter(ms: number): void {
    this.#cancelWake?.();
    if (!this.#closed) this.#cancelWake = this.#options.clock.after(ms, () => this.wake());
  }

  async #tell(notice: Notice, message: Message): Promise<void> {
    const { store, channels, clock, logger } = this.#options;
    const told = new Set(notice.told);
    const left = channels.filter(({ name }) => !told.has(name));
    const outcomes = await Promise.allSettled(left.map((channel) => channel.tell(message)));
    for (const [i, { name }] of left.entries()) {
      const outcome = outcomes[i];
      if (outcome?.status === 'fulfilled') told.add(name);
      else logger.warn({ message: message.id, channel: name, err: outcome?.reason }, 'not told');
    }
    const waitMs = RETRY_AFTER_MS[notice.failures];
    if (left.every(({ name }) => told.has(name)) || waitMs === undefined) {
      await store.remove(message.id);
      return;
    }
    await store.put({
      messageId: message.id,
      told: [...told],
      failures: notice.failures + 1,
      dueAt: clock.now() + waitMs,
    });
  }
}
