import { AppError } from '../base/AppError.ts';
import type { Clock } from '../base/Clock.ts';
import type { Logger } from '../base/logger.ts';
import { SerialQueue } from '../base/SerialQueue.ts';
import { newId, type ParticipantId, type RecordingId, type RenderId } from '../protocol/ids.ts';
import type { RenderSpec, RenderWish } from '../protocol/renders.ts';
import type { Catalogue } from './Catalogue.ts';
import {
  automaticWish,
  shows,
  specOf,
  specWithout,
  type Render,
  type RenderStore,
} from './Render.ts';
import { RenderFailure, type Rendered, type Renderer } from './Renderer.ts';
import type { RecordingRecord } from './RecordingRecord.ts';

/** Of one recording, and waiting. */
const MAX_QUEUED = 20;
/** Of one recording in all: each may hold a file as large as the call. */
const MAX_RENDERS = 100;
const MAX_ATTEMPTS = 3;
/** One of a short call is done by then. */
const RETRY_AFTER_SECONDS = 60;

export interface RendersOptions {
  readonly catalogue: Catalogue;
  readonly renderer: Renderer;
  readonly store: RenderStore;
  readonly clock: Clock;
  readonly logger: Logger;
  /** So many at once. */
  readonly atOnce: number;
  /** Is one made of every call? */
  readonly automatic: boolean;
  /** There is one more file. */
  readonly onRendered: (record: RecordingRecord) => void;
}

/** How far one is. */
export interface RenderNews {
  readonly progress: number;
  readonly remainingMs: number | null;
}

interface Job {
  readonly cancelling: AbortController;
  readonly startedAt: number;
  progress: number;
  done: Promise<void>;
}

/** One after the other, first come first served, whatever happens to any of them. */
export class Renders {
  readonly #options: RendersOptions;
  /** Whoever looks at what there is and then changes it does so alone. */
  readonly #turns = new SerialQueue();
  readonly #queue: Render[] = [];
  readonly #jobs = new Map<RenderId, Job>();
  #closed = false;

  constructor(options: RendersOptions) {
    this.#options = options;
  }

  /**
   * What was waiting or under way when the server ended goes again; where the recording is not ready,
   * once it is. To be called once, at the start.
   */
  async resume(): Promise<void> {
    for (const render of await this.#options.store.unfinished()) {
      const { state } = await this.#options.catalogue.get(render.recordingId);
      if (state === 'ready') await this.#resume(render);
    }
  }

  /**
   * The same wish again is the same render. AppError `wrong_state` while the recording is not ready,
   * `bad_request`, `rate_limited`, `not_found`.
   */
  request(recordingId: RecordingId, wish: RenderWish): Promise<Render> {
    return this.#turns.run(() => this.#request(recordingId, wish));
  }

  async #request(recordingId: RecordingId, wish: RenderWish): Promise<Render> {
    const record = await this.#options.catalogue.get(recordingId);
    if (record.state !== 'ready') {
      throw new AppError('wrong_state', `This recording is ${record.state}.`);
    }
    const spec = specOf(wish, record);
    const all = await this.list(recordingId);
    const same = all.find((one) => one.state !== 'failed' && alike(one.spec, spec));
    if (same) return same;
    const waiting = all.filter(isUnfinished);
    if (all.length >= MAX_RENDERS) {
      throw new AppError(
        'wrong_state',
        `It has ${MAX_RENDERS} renders: delete some of them first.`,
      );
    }
    if (waiting.length >= MAX_QUEUED) {
      throw new AppError('rate_limited', 'Too many renders of this recording are waiting.', {
        retryAfterSeconds: RETRY_AFTER_SECONDS,
      });
    }
    return this.#enqueue({
      id: newId('render'),
      recordingId,
      spec,
      state: 'queued',
      attempts: 0,
      createdAt: this.#options.clock.now(),
      endedAt: null,
      failure: null,
      file: null,
      kept: [],
    });
  }

  /** A recording has become ready. */
  async recordingReady(record: RecordingRecord): Promise<void> {
    await this.release(record.id);
    const wish = this.#options.automatic ? automaticWish(record) : undefined;
    if (wish) await this.request(record.id, wish);
  }

  /** Oldest first. */
  list(recordingId: RecordingId): Promise<Render[]> {
    return this.#options.store.list(recordingId);
  }

  /** AppError `not_found`. */
  async get(recordingId: RecordingId, id: RenderId): Promise<Render> {
    const found = await this.#options.store.get(recordingId, id);
    if (found) return found;
    throw new AppError('not_found', 'There is no such render.');
  }

  newsOf({ id, state }: Render): RenderNews {
    const job = this.#jobs.get(id);
    if (!job) return { progress: state === 'ready' ? 1 : 0, remainingMs: null };
    const { progress, startedAt } = job;
    const elapsedMs = this.#options.clock.elapsed() - startedAt;
    // From less nothing can be told.
    const remainingMs =
      progress < 0.02 ? null : Math.round((elapsedMs / progress) * (1 - progress));
    return { progress, remainingMs };
  }

  /** Again, after it failed. AppError `not_found`, `wrong_state`. */
  retry(recordingId: RecordingId, id: RenderId): Promise<Render> {
    return this.#turns.run(async () => {
      const render = await this.get(recordingId, id);
      if (render.state !== 'failed') throw new AppError('wrong_state', `It is ${render.state}.`);
      return this.#enqueue({ ...render, attempts: 0, failure: null, endedAt: null });
    });
  }

  /** Ended if it is under way; its file is gone once this resolves. AppError `not_found`. */
  remove(recordingId: RecordingId, id: RenderId): Promise<void> {
    return this.#turns.run(() => this.#remove(recordingId, id));
  }

  async #remove(recordingId: RecordingId, id: RenderId): Promise<void> {
    const { catalogue, store } = this.#options;
    await this.#cancel(await this.get(recordingId, id));
    // It may have become ready meanwhile.
    const { file } = await this.get(recordingId, id);
    if (file !== null) {
      await catalogue.edit(recordingId, ({ files }) => ({
        files: files.filter(({ name }) => name !== file),
      }));
      await catalogue.vault.removeFile(recordingId, file);
    }
    await store.remove(id);
  }

  /** Nothing touches the recording's folder any more once this resolves. */
  cancelOf(recordingId: RecordingId): Promise<void> {
    return this.#turns.run(async () => {
      // Those that wait first, so that none of them begins.
      const all = await this.list(recordingId);
      for (const render of all.toReversed()) await this.#cancel(render);
    });
  }

  /** What waits and was cancelled goes again. */
  release(recordingId: RecordingId): Promise<void> {
    return this.#turns.run(async () => {
      for (const render of await this.list(recordingId)) {
        const isKnown = this.#jobs.has(render.id) || this.#queue.some(({ id }) => id === render.id);
        if (isUnfinished(render) && !isKnown) await this.#resume(render);
      }
    });
  }

  /** Names of the files that somebody can neither be seen nor heard in. */
  async filesWithout(recordingId: RecordingId, person: ParticipantId): Promise<Set<string>> {
    const all = await this.list(recordingId);
    return new Set(all.flatMap(({ file, spec }) => (file && !shows(spec, person) ? [file] : [])));
  }

  /**
   * There is no such person any more: whatever showed them is wished for again without, once the
   * recording is ready; the files themselves are not touched. The renders that are made again.
   */
  forget(recordingId: RecordingId, person: ParticipantId): Promise<RenderId[]> {
    return this.#turns.run(async () => {
      const all = await this.list(recordingId);
      for (const render of all.toReversed()) await this.#cancel(render);
      const again: RenderId[] = [];
      // Those that stay first: a wish that comes to the same as one of them is not needed.
      for (const render of all.toSorted((a, b) => byShown(a, person) - byShown(b, person))) {
        if (await this.#forgetIn(render, person)) again.push(render.id);
      }
      return again;
    });
  }

  /** Is it to be made again? */
  async #forgetIn({ recordingId, id }: Render, person: ParticipantId): Promise<boolean> {
    const { store } = this.#options;
    // It may have become ready meanwhile.
    const render = await this.get(recordingId, id);
    const spec = specWithout(render.spec, person);
    if (!shows(render.spec, person)) {
      await store.put({ ...render, spec });
      return false;
    }
    await store.remove(id);
    if (render.state === 'failed' || render.spec.person === person) return false;
    const others = await this.list(recordingId);
    if (others.some((other) => other.state !== 'failed' && alike(other.spec, spec))) return false;
    const anew = { state: 'queued', attempts: 0, endedAt: null, file: null, kept: [] } as const;
    await store.put({ ...render, ...anew, spec });
    return true;
  }

  /** Idempotent. What was not finished is at the next start. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#queue.length = 0;
    const jobs = [...this.#jobs.values()];
    for (const { cancelling } of jobs) cancelling.abort();
    await Promise.all(jobs.map(({ done }) => done));
  }

  async #resume(render: Render): Promise<void> {
    if (render.attempts < MAX_ATTEMPTS) await this.#enqueue(render);
    else await this.#end(render, { failure: 'It was tried several times, and never ended.' });
  }

  async #enqueue(render: Render): Promise<Render> {
    const queued: Render = { ...render, state: 'queued' };
    await this.#options.store.put(queued);
    this.#queue.push(queued);
    this.#next();
    return queued;
  }

  async #cancel({ id }: Render): Promise<void> {
    const waiting = this.#queue.findIndex((render) => render.id === id);
    if (waiting >= 0) this.#queue.splice(waiting, 1);
    const job = this.#jobs.get(id);
    job?.cancelling.abort();
    await job?.done;
  }

  #next(): void {
    while (!this.#closed && this.#jobs.size < this.#options.atOnce) {
      const render = this.#queue.shift();
      if (!render) return;
      const job: Job = {
        cancelling: new AbortController(),
        startedAt: this.#options.clock.elapsed(),
        progress: 0,
        done: Promise.resolve(),
      };
      this.#jobs.set(render.id, job);
      job.done = this.#run(render, job)
        .catch((error: unknown) => {
          this.#options.logger.error({ render: render.id, err: error }, 'render not noted');
        })
        .finally(() => {
          this.#jobs.delete(render.id);
          this.#next();
        });
    }
  }

  async #run(queued: Render, job: Job): Promise<void> {
    const { catalogue, renderer, store, logger } = this.#options;
    const { signal } = job.cancelling;
    const render: Render = { ...queued, state: 'rendering', attempts: queued.attempts + 1 };
    try {
      await store.put(render);
      const record = await catalogue.get(render.recordingId);
      const onProgress = (share: number): void => {
        job.progress = Math.max(job.progress, share);
      };
      const rendered = await renderer.render(
        { id: render.id, record, spec: render.spec },
        { signal, onProgress },
      );
      await this.#keep(render, rendered);
      logger.info({ render: render.id, recording: record.id }, 'rendered');
    } catch (error) {
      if (signal.aborted) {
        // A server that is stopped in good order is no fault of the render: it does not count.
        if (this.#closed) await store.put(queued);
        return;
      }
      logger.error({ render: render.id, err: error }, 'could not be rendered');
      await this.#end(render, { failure: wordsFor(error) });
    }
  }

  async #keep(render: Render, { file, kept }: Rendered): Promise<void> {
    const record = await this.#options.catalogue.edit(render.recordingId, ({ files }) => ({
      files: [...files.filter(({ name }) => name !== file.name), file],
    }));
    this.#options.onRendered(record);
    await this.#end(render, { file: file.name, kept });
  }

  async #end(render: Render, outcome: Partial<Render>): Promise<void> {
    const state = outcome.file === undefined ? 'failed' : 'ready';
    const endedAt = this.#options.clock.now();
    await this.#options.store.put({ ...render, ...outcome, state, endedAt });
  }
}

const isUnfinished = ({ state }: Render): boolean => state === 'queued' || state === 'rendering';

const byShown = ({ spec }: Render, person: ParticipantId): number => Number(shows(spec, person));

/** Both were made by `specOf`, which writes them in one order. */
const alike = (a: RenderSpec, b: RenderSpec): boolean => JSON.stringify(a) === JSON.stringify(b);

const wordsFor = (error: unknown): string => {
  if (error instanceof RenderFailure) return error.message;
  if (error instanceof AppError && error.code === 'disk_full') return 'The disk is full.';
  return 'It could not be made. The tracks are as they were.';
};
