import type { Logger } from '../base/logger.ts';
import type { RecordingId } from '../protocol/ids.ts';
import type { Catalogue } from './Catalogue.ts';
import type { RecordingRecord } from './RecordingRecord.ts';
import { isFinishing, isLive } from './states.ts';

/** The database lists recordings and there is not one folder. */
export class NothingThereError extends Error {
  override readonly name = 'NothingThereError';

  constructor(count: number) {
    super(
      `RECORDINGS_DIR holds none of the ${count} recordings of the database. Is its disk there? If they are gone for good, npm run rebuild forgets them.`,
    );
  }
}

/**
 * Compares folders and database after a start. A folder's manifest is written first and so is right;
 * a row without a folder has nothing to show; what is not understood is put aside and never deleted.
 */
export class Recovery {
  readonly #catalogue: Catalogue;
  readonly #logger: Logger;

  constructor(catalogue: Catalogue, logger: Logger) {
    this.#catalogue = catalogue;
    this.#logger = logger;
  }

  /** The recordings that are to be finished now, oldest first. */
  async run(): Promise<RecordingRecord[]> {
    await this.#refuseEmptyPlace();
    const records = await this.restoreRows();
    const unfinished: RecordingRecord[] = [];
    for (const record of records) {
      const { id, state } = record;
      if (isFinishing(state)) unfinished.push(record);
      else if (state === 'failed')
        unfinished.push(await this.#catalogue.take(id, 'recover', { failure: null }));
      else if (isLive(state)) unfinished.push(await this.#bringBack(record));
    }
    return unfinished;
  }

  /** A disk that is not mounted must not make the server forget what is on it. */
  async #refuseEmptyPlace(): Promise<void> {
    const { store, vault } = this.#catalogue;
    const rows = await store.all();
    if (rows.length > 0 && (await vault.list()).length === 0)
      throw new NothingThereError(rows.length);
  }

  /** The rows as the folders say they should be; the records of all of them, oldest first. */
  async restoreRows(): Promise<RecordingRecord[]> {
    const { store, vault } = this.#catalogue;
    const rows = new Map((await store.all()).map((row) => [row.id, row]));
    const records: RecordingRecord[] = [];
    for (const { id, record: manifest } of await vault.list()) {
      const row = rows.get(id);
      rows.delete(id);
      if (manifest?.id === id) {
        await store.put(manifest);
        records.push(manifest);
      } else if (row) {
        this.#logger.warn({ recording: id }, 'manifest was broken, written anew');
        await vault.save(row);
        records.push(row);
      } else {
        this.#logger.error({ recording: id }, 'folder is not understood, put aside');
        await vault.quarantine(id);
      }
    }
    for (const id of rows.keys()) await this.#forgetRow(id);
    return records.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  }

  /** Its call ended with the server. When is for the journals to say. */
  #bringBack(record: RecordingRecord): Promise<RecordingRecord> {
    this.#logger.warn({ recording: record.id }, 'recording was cut off, bringing it back');
    return this.#catalogue.take(record.id, 'recover', { partial: true, stopReason: 'crash' });
  }

  async #forgetRow(id: RecordingId): Promise<void> {
    this.#logger.error({ recording: id }, 'its folder is gone');
    await this.#catalogue.store.remove(id);
  }
}
