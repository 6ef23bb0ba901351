import type { Clock } from './Clock.ts';

interface Timer {
  dueAt: number;
  readonly task: () => void;
  readonly intervalMs: number | undefined;
}

/** A clock for unit tests: nothing happens until `advance` is called. */
export class FakeClock implements Clock {
  #now = Date.UTC(2026, 0, 1);
  readonly #timers = new Set<Timer>();

  now(): number {
    return this.#now;
  }

  elapsed(): number {
    return this.#now;
  }

  after(delayMs: number, task: () => void): () => void {
    return this.#add({ dueAt: this.#now + delayMs, task, intervalMs: undefined });
  }

  every(intervalMs: number, task: () => void): () => void {
    return this.#add({ dueAt: this.#now + intervalMs, task, intervalMs });
  }

  /** Moves the hands, running what falls due on the way in order. */
  advance(ms: number): void {
    const end = this.#now + ms;
    for (let next = this.#next(end); next; next = this.#next(end)) {
      this.#now = next.dueAt;
      if (next.intervalMs === undefined) this.#timers.delete(next);
      else next.dueAt += next.intervalMs;
      next.task();
    }
    this.#now = end;
  }

  #add(timer: Timer): () => void {
    this.#timers.add(timer);
    return () => this.#timers.delete(timer);
  }

  #next(end: number): Timer | undefined {
    return [...this.#timers]
      .filter((timer) => timer.dueAt <= end)
      .toSorted((a, b) => a.dueAt - b.dueAt)[0];
  }
}
