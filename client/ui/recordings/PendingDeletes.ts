import { signal, type ReadonlySignal } from '@preact/signals';
import type { RecordingId } from '../../../server/protocol/ids.ts';
import type { Clock } from '../../core/clock.ts';

export interface Doomed {
  readonly id: RecordingId;
  readonly bearer: string;
}

interface Batch {
  readonly items: readonly Doomed[];
  readonly callOff: () => void;
}

export interface PendingDeletesOptions {
  /** `last`: the page goes now. */
  readonly remove: (item: Doomed, last: boolean) => Promise<void>;
  /** It is still there, and shown again. */
  readonly onFailed: (item: Doomed) => void;
  readonly clock: Clock;
  /** Longer leaves more time to think better of it. */
  readonly delayMs: number;
}

/** What is deleted is gone from the pages at once, and from the server a little later. */
export class PendingDeletes {
  readonly #options: PendingDeletesOptions;
  readonly #batches = new Set<Batch>();
  readonly #hidden = signal<ReadonlySet<string>>(new Set());

  constructor(options: PendingDeletesOptions) {
    this.#options = options;
  }

  /** Ids of what is not to be shown any more. */
  get hidden(): ReadonlySignal<ReadonlySet<string>> {
    return this.#hidden;
  }

  /** `onDone`: it is too late to undo. Returns the undoing. */
  add(items: readonly Doomed[], onDone: () => void): () => void {
    const { clock, delayMs } = this.#options;
    const batch: Batch = {
      items,
      callOff: clock.after(delayMs, () => {
        onDone();
        this.#carryOut(batch, false);
      }),
    };
    this.#batches.add(batch);
    this.#hidden.value = new Set([...this.#hidden.value, ...items.map(({ id }) => id)]);
    return () => {
      if (!this.#batches.delete(batch)) return;
      batch.callOff();
      for (const item of items) this.#show(item);
    };
  }

  /** The page goes: what was to be deleted later is deleted now. */
  flush(): void {
    for (const batch of this.#batches) {
      batch.callOff();
      this.#carryOut(batch, true);
    }
  }

  #carryOut(batch: Batch, last: boolean): void {
    this.#batches.delete(batch);
    const { remove, onFailed } = this.#options;
    for (const item of batch.items) {
      remove(item, last).catch(() => {
        this.#show(item);
        onFailed(item);
      });
    }
  }

  #show({ id }: Doomed): void {
    this.#hidden.value = new Set([...this.#hidden.value].filter((other) => other !== id));
  }
}
