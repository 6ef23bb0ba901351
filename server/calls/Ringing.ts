import type { Clock } from '../base/Clock.ts';
import type { CallId } from '../protocol/ids.ts';
import type { CallRecord } from './CallRecord.ts';

/** How long calls ring: one alarm for each. */
export class Ringing {
  readonly #clock: Clock;
  readonly #onOver: (id: CallId) => void;
  readonly #alarms = new Map<CallId, () => void>();

  constructor(clock: Clock, onOver: (id: CallId) => void) {
    this.#clock = clock;
    this.#onOver = onOver;
  }

  /** Until its `ringUntil`. */
  start({ id, ringUntil }: CallRecord): void {
    this.stop(id);
    const delayMs = Math.max(0, (ringUntil ?? 0) - this.#clock.now());
    const cancel = this.#clock.after(delayMs, () => {
      this.#alarms.delete(id);
      this.#onOver(id);
    });
    this.#alarms.set(id, cancel);
  }

  stop(id: CallId): void {
    this.#alarms.get(id)?.();
    this.#alarms.delete(id);
  }

  close(): void {
    for (const cancel of this.#alarms.values()) cancel();
    this.#alarms.clear();
  }
}
