import { AppError } from '../base/AppError.ts';
import type { Clock } from '../base/Clock.ts';
import type { Logger } from '../base/logger.ts';
import { SerialQueue } from '../base/SerialQueue.ts';
import type { ErasedFile } from '../protocol/erasures.ts';
import type { ParticipantId, RecordingId } from '../protocol/ids.ts';
import type { RecordedFile } from '../protocol/recordings.ts';
import type { Catalogue } from './Catalogue.ts';
import { isIn, withoutPerson, type Erasure, type ErasureStore } from './Erasure.ts';
import type { Finisher } from './Finisher.ts';
import type { RecordingRecord } from './RecordingRecord.ts';
import type { Renders } from './Renders.ts';

export interface ErasuresOptions {
  readonly catalogue: Catalogue;
  readonly renders: Renders;
  readonly finisher: Finisher;
  readonly store: ErasureStore;
  readonly clock: Clock;
  readonly logger: Logger;
  /** The recording is `finishing`: what was made of everybody is to be made of those who are left. */
  readonly onErased: (record: RecordingRecord) => void;
}

/**
 * Takes people out of finished recordings. It is written down first, so that it is brought to its end
 * by the next start, and done again to a recording that comes back from a backup.
 */
export class Erasures {
  readonly #options: ErasuresOptions;
  readonly #turns = new SerialQueue();

  constructor(options: ErasuresOptions) {
    this.#options = options;
  }

  /**
   * Nothing of the person is left once this resolves; the others' common sound and renders follow.
   * Idempotent. AppError `not_found`, `wrong_state` unless the recording is ready and somebody else in it.
   */
  erase(recordingId: RecordingId, person: ParticipantId): Promise<Erasure> {
    return this.#turns.run(async () => {
      const { catalogue, store, clock } = this.#options;
      const record = await catalogue.get(recordingId);
      if (!isIn(record, person)) return this.#again(recordingId, person, record);
      if (record.state !== 'ready') {
        throw new AppError('wrong_state', `This recording is ${record.state}.`);
      }
      if (record.people.length === 1) {
        throw new AppError(
          'wrong_state',
          'Nobody else is in this recording: delete it as a whole.',
        );
      }
      const erasure: Erasure = {
        recordingId,
        participantId: person,
        askedAt: clock.now(),
        erasedAt: null,
        files: [],
        renders: [],
      };
      await store.put(erasure);
      return this.#carryOut(erasure, record);
    });
  }

  /** Oldest first. */
  list(recordingId: RecordingId): Promise<Erasure[]> {
    return this.#options.store.list(recordingId);
  }

  /** Resolves once those that were asked for are done. */
  settle(): Promise<void> {
    return this.#turns.run(() => undefined);
  }

  /**
   * Brings to its end what a crash left, and does again what a backup undid. To be called once, at the
   * start, before anything is finished.
   */
  async resume(): Promise<void> {
    const { catalogue, store } = this.#options;
    for (const erasure of await store.all()) {
      const record = await catalogue.store.get(erasure.recordingId);
      if (record) await this.#redo(erasure, record);
    }
  }

  /** A recording has become ready, maybe one that came back from a backup. False: it is not any more. */
  async recordingReady(ready: RecordingRecord): Promise<boolean> {
    return this.#turns.run(async () => {
      let record = ready;
      for (const erasure of await this.list(ready.id)) record = await this.#redo(erasure, record);
      return record.state === 'ready';
    });
  }

  async #again(
    recordingId: RecordingId,
    person: ParticipantId,
    record: RecordingRecord,
  ): Promise<Erasure> {
    const all = await this.list(recordingId);
    const earlier = all.find(({ participantId }) => participantId === person);
    if (!earlier) throw new AppError('not_found', 'There is no such person in this recording.');
    return earlier.erasedAt === null ? this.#carryOut(earlier, record) : earlier;
  }

  /** One that fails is tried again at the next start; it must not keep the server from starting. */
  async #redo(erasure: Erasure, record: RecordingRecord): Promise<RecordingRecord> {
    const { catalogue, logger } = this.#options;
    const { erasedAt, participantId } = erasure;
    const isBack = isIn(record, participantId) && record.state === 'ready';
    if (erasedAt !== null && !isBack) return record;
    if (isIn(record, participantId) && !isBack) return record;
    try {
      await this.#carryOut(erasure, record);
    } catch (error) {
      logger.error({ recording: record.id, err: error }, 'somebody could not be erased');
    }
    return catalogue.get(record.id);
  }

  async #carryOut(erasure: Erasure, record: RecordingRecord): Promise<Erasure> {
    const { catalogue, renders, finisher, store, clock, logger, onErased } = this.#options;
    const { recordingId: id, participantId: person } = erasure;
    const begun = isIn(record, person) ? await this.#begin(erasure, record) : erasure;
    const again = await renders.forget(id, person);
    const left = await catalogue.get(id);
    await finisher.forget(left);
    const done = {
      ...begun,
      erasedAt: clock.now(),
      renders: [...new Set([...begun.renders, ...again])],
    };
    // Done only once it is: who dies in between does it again.
    await store.scrub();
    await store.put(done);
    logger.info({ recording: id, participant: person }, 'somebody was erased');
    if (isIn(record, person)) onErased(left);
    return done;
  }

  /** From now on the record knows nothing of the person. */
  async #begin(erasure: Erasure, record: RecordingRecord): Promise<Erasure> {
    const { catalogue, renders, store } = this.#options;
    const { recordingId: id, participantId: person } = erasure;
    await renders.cancelOf(id);
    try {
      const patch = withoutPerson(record, person, await renders.filesWithout(id, person));
      const gone = record.files.filter((file) => !patch.files.includes(file));
      const begun = { ...erasure, files: joined(erasure.files, gone) };
      await store.put(begun);
      await catalogue.take(id, 'erase', patch);
      return begun;
    } catch (error) {
      await renders.release(id);
      throw error;
    }
  }
}

/** What was deleted before a crash, and since. */
const joined = (before: readonly ErasedFile[], files: readonly RecordedFile[]): ErasedFile[] => [
  ...before,
  ...files.map(({ kind, bytes, sha256 }) => ({ kind, bytes, sha256 })),
];
