import { AppError } from '../base/AppError.ts';
import type { Logger } from '../base/logger.ts';
import { SerialQueue } from '../base/SerialQueue.ts';
import type { RecordingId } from '../protocol/ids.ts';
import type { RecordingRecord } from './RecordingRecord.ts';
import type { RecordingFilter, RecordingStore } from './RecordingStore.ts';
import { after, type Step } from './states.ts';
import type { Vault } from './Vault.ts';

const ENDINGS: ReadonlySet<Step> = new Set(['stop', 'close', 'fail']);

type Patch = Partial<Omit<RecordingRecord, 'id' | 'state' | 'version'>>;

/**
 * Every record twice, and the same: in its folder, which survives, and in the database, which finds.
 * The folder is written first, so at boot its word counts. Changes of one recording come one after
 * another, and a change of state is a compare-and-set here and nowhere else.
 */
export class Catalogue {
  readonly store: RecordingStore;
  readonly vault: Vault;
  readonly #logger: Logger;
  readonly #queues = new Map<RecordingId, SerialQueue>();
  readonly #doomed = new Set<RecordingId>();

  constructor(store: RecordingStore, vault: Vault, logger: Logger) {
    this.store = store;
    this.vault = vault;
    this.#logger = logger;
  }

  /** AppError `not_found`. */
  async get(id: RecordingId): Promise<RecordingRecord> {
    const record = this.#doomed.has(id) ? undefined : await this.store.get(id);
    if (!record) throw recordingNotFound();
    return record;
  }

  /** As `RecordingStore.list`. */
  async list(
    filter: RecordingFilter,
    { before, limit }: { before?: string | undefined; limit: number },
  ): Promise<RecordingRecord[]> {
    const page = { before, limit: limit + this.#doomed.size };
    const found = await this.store.list(filter, page);
    return found.filter(({ id }) => !this.#doomed.has(id)).slice(0, limit);
  }

  /** A new recording: folder, then row. */
  async add(record: RecordingRecord): Promise<void> {
    await this.vault.create(record);
    await this.store.put(record);
  }

  /** AppError `wrong_state` when the step cannot be taken from where it is, `not_found`. */
  take(id: RecordingId, step: Step, patch: Patch = {}): Promise<RecordingRecord> {
    return this.#inTurn(id, async () => {
      const record = await this.get(id);
      const next = { ...record, ...patch, state: after(record.state, step) };
      await this.vault.save(next).catch((error: unknown) => {
        if (!ENDINGS.has(step)) throw error;
        // A full disk must not keep it from ending; the next start goes by the older manifest.
        this.#logger.error({ recording: id, err: error }, 'manifest not written');
      });
      if (!(await this.store.replace(next, record.state))) throw recordingNotFound();
      return next;
    });
  }

  /** Changes what is not its state. AppError `not_found`. */
  edit(id: RecordingId, patch: (record: RecordingRecord) => Patch): Promise<RecordingRecord> {
    return this.#inTurn(id, async () => {
      const record = await this.get(id);
      const next = { ...record, ...patch(record) };
      await this.vault.save(next);
      await this.store.replace(next, record.state);
      return next;
    });
  }

  /** It is about to be removed: from now on it is as if it were not there. */
  doom(id: RecordingId): void {
    this.#doomed.add(id);
  }

  /** Really gone. Idempotent. */
  remove(id: RecordingId): Promise<void> {
    return this.#inTurn(id, async () => {
      await this.vault.remove(id);
      await this.store.remove(id);
    }).finally(() => this.#doomed.delete(id));
  }

  #inTurn<T>(id: RecordingId, step: () => Promise<T>): Promise<T> {
    const queue = this.#queues.get(id) ?? new SerialQueue();
    this.#queues.set(id, queue);
    const result = queue.run(step);
    return result.finally(() => {
      if (queue.idle) this.#queues.delete(id);
    });
  }
}

export const recordingNotFound = (): AppError =>
  new AppError('not_found', 'There is no such recording.');
