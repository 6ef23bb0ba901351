import { EventEmitter } from 'node:events';
import { AppError } from '../base/AppError.ts';
import type { Clock } from '../base/Clock.ts';
import type { Logger } from '../base/logger.ts';
import type { ParticipantId, RecordingId, VoicemailId } from '../protocol/ids.ts';
import type { RecordedFile, RecordingStatus, StopReason } from '../protocol/recordings.ts';
import type { Room } from '../rooms/Room.ts';
import type { RoomRegistry } from '../rooms/RoomRegistry.ts';
import { Catalogue } from './Catalogue.ts';
import { DiskGuard, type Storage } from './DiskGuard.ts';
import type { Finisher, PreviewFile } from './Finisher.ts';
import type { ErasureStore } from './Erasure.ts';
import { Erasures } from './Erasures.ts';
import { Finishing } from './Finishing.ts';
import { LiveRecordings, type StartedBy } from './LiveRecordings.ts';
import { Recovery } from './Recovery.ts';
import type { RecordingRecord } from './RecordingRecord.ts';
import type { RenderStore } from './Render.ts';
import type { Renderer } from './Renderer.ts';
import { Renders } from './Renders.ts';
import type { RecordingShares } from './RecordingShares.ts';
import type { RecordingFilter, RecordingStore } from './RecordingStore.ts';
import { expiresAt, overdue, type RetentionRule } from './retention.ts';
import { isFinishing, isLive } from './states.ts';
import type { OpenTape } from './Tape.ts';
import type { OpenFile, Vault } from './Vault.ts';

const RETENTION_INTERVAL_MS = 10 * 60_000;
/** A snapshot of a running recording is served again for this long: making one costs as much as it holds. */
const PREVIEW_MAX_AGE_MS = 10_000;

export interface RecordingServiceOptions {
  readonly rooms: RoomRegistry;
  readonly store: RecordingStore;
  readonly vault: Vault;
  readonly shares: RecordingShares;
  readonly erasures: ErasureStore;
  readonly openTape: OpenTape;
  readonly finisher: Finisher;
  readonly clock: Clock;
  readonly logger: Logger;
  /** The server's own; a room's comes before it. */
  readonly retention: RetentionRule;
  readonly maxLengthMs: number;
  readonly rendering: {
    readonly renderer: Renderer;
    readonly store: RenderStore;
    /** So many at once. */
    readonly atOnce: number;
    /** Is one made of every call? */
    readonly automatic: boolean;
  };
}

export type RecordingServiceEvents = {
  started: [record: RecordingRecord];
  /** It is on disk, and being finished. */
  stopped: [record: RecordingRecord];
  /** It is `ready`, or has `failed`. */
  finished: [record: RecordingRecord];
  /** One more file was made of it. */
  rendered: [record: RecordingRecord];
};

/** Recordings from the first request to the last deletion. */
export class RecordingService extends EventEmitter<RecordingServiceEvents> {
  readonly shares: RecordingShares;
  readonly renders: Renders;
  readonly erasures: Erasures;
  readonly #options: RecordingServiceOptions;
  readonly #catalogue: Catalogue;
  readonly #finishing: Finishing;
  readonly #live: LiveRecordings;
  readonly #disk: DiskGuard;
  readonly #stopTidying: () => void;

  constructor(options: RecordingServiceOptions) {
    super();
    const { store, vault, finisher, clock, logger } = options;
    this.shares = options.shares;
    this.#options = options;
    this.#catalogue = new Catalogue(store, vault, logger);
    const catalogue = this.#catalogue;
    const onRendered = (record: RecordingRecord): void => void this.emit('rendered', record);
    this.renders = new Renders({ catalogue, clock, logger, onRendered, ...options.rendering });
    this.#finishing = new Finishing({
      catalogue,
      finisher,
      logger,
      onReady: async (record) => {
        this.emit('finished', record);
        if (record.voicemail !== undefined) return;
        if (await this.erasures.recordingReady(record)) await this.renders.recordingReady(record);
      },
      onFailed: (record) => this.emit('finished', record),
    });
    this.erasures = new Erasures({
      catalogue,
      renders: this.renders,
      finisher,
      store: options.erasures,
      clock,
      logger,
      onErased: (record) => this.#finishing.begin(record, 0),
    });
    this.#disk = new DiskGuard({
      vault,
      clock,
      logger,
      owedBytes: () => this.#live.bytes + this.#finishing.owedBytes,
      onFull: () => this.#live.stopAll('disk'),
    });
    this.#live = new LiveRecordings({
      ...options,
      catalogue,
      checkSpace: () => this.#disk.check(),
      onStarted: (record) => this.emit('started', record),
      onStopped: (record, bytes) => {
        this.#finishing.begin(record, bytes);
        this.emit('stopped', record);
      },
    });
    this.#stopTidying = clock.every(RETENTION_INTERVAL_MS, () => {
      void this.applyRetention().then(() => this.#finishing.retry());
    });
  }

  /** Brings back what a crash left behind. To be called once, before anybody can ask. */
  async recover(): Promise<void> {
    const { logger } = this.#options;
    const unfinished = await new Recovery(this.#catalogue, logger).run();
    await this.erasures.resume();
    // Before any is finished: what is asked for then is not to be taken for what was left.
    await this.renders.resume();
    for (const record of unfinished) this.#finishing.begin(record, 0);
    await this.applyRetention();
  }

  /**
   * The recording of the room that runs, begun now if there was none. AppError `wrong_state` in an
   * empty room, `disk_full`, `unavailable`.
   */
  start(room: Room, by: StartedBy): Promise<RecordingRecord> {
    return this.#live.start(room, by);
  }

  /** AppError `not_found`, `wrong_state`. Pausing what is paused changes nothing. */
  pause(id: RecordingId): Promise<RecordingRecord> {
    return this.#live.pause(id);
  }

  resume(id: RecordingId): Promise<RecordingRecord> {
    return this.#live.resume(id);
  }

  /** Resolves once all that was captured is on disk. AppError `not_found`. Idempotent. */
  async stop(id: RecordingId, reason: StopReason = 'stopped'): Promise<RecordingRecord> {
    return (await this.#live.stop(id, reason)) ?? this.get(id);
  }

  /** May this person be recorded? Remembered for a recording that has not begun yet. */
  consent(room: Room, participantId: ParticipantId, agreed: boolean): void {
    this.#live.consent(room, participantId, agreed);
  }

  /** What everybody in the room is told of its recording. */
  statusOf(room: Room): RecordingStatus | null {
    return this.#live.statusOf(room);
  }

  /** AppError `not_found`. */
  async get(id: RecordingId): Promise<RecordingRecord> {
    return this.#upToDate(await this.#catalogue.get(id));
  }

  /** Of a message that is being left, or was: the newest, if there is one. */
  async ofMessage(id: VoicemailId): Promise<RecordingRecord | undefined> {
    return (await this.#options.store.ofMessage(id)).at(-1);
  }

  async list(
    filter: RecordingFilter,
    page: { before?: string | undefined; limit: number },
  ): Promise<RecordingRecord[]> {
    const records = await this.#catalogue.list(filter, page);
    return records.map((record) => this.#upToDate(record));
  }

  edit(
    id: RecordingId,
    patch: Partial<Pick<RecordingRecord, 'title' | 'tags'>>,
  ): Promise<RecordingRecord> {
    return this.#catalogue.edit(id, () => patch);
  }

  /** Media, row and links are gone once this resolves. AppError `not_found`. */
  async delete(id: RecordingId): Promise<void> {
    await this.#catalogue.get(id);
    this.#finishing.forget(id);
    await this.#live.stop(id, 'stopped');
    this.#catalogue.doom(id);
    await this.erasures.settle();
    await this.#finishing.cancel(id);
    await this.renders.cancelOf(id);
    await this.shares.removeOf(id);
    await this.#catalogue.remove(id);
    this.#options.logger.info({ recording: id }, 'recording deleted');
  }

  /**
   * A finished file, or what there is so far of one that still runs (`recorded` is undefined then).
   * AppError `not_found`.
   */
  async openFile(
    id: RecordingId,
    name: string,
  ): Promise<{ file: OpenFile; recorded: RecordedFile | undefined; record: RecordingRecord }> {
    const { vault, finisher } = this.#options;
    const record = await this.get(id);
    const recorded = record.files.find((file) => file.name === name);
    if (recorded) return { file: await vault.open(id, name), recorded, record };
    if (!isLive(record.state)) throw new AppError('not_found', 'There is no such file.');
    await finisher.preview(id, name, PREVIEW_MAX_AGE_MS);
    return { file: await vault.openPreview(id, name), recorded: undefined, record };
  }

  /** What can be watched of a recording that still runs. */
  async liveFiles(record: RecordingRecord): Promise<readonly PreviewFile[]> {
    return isLive(record.state) ? this.#options.finisher.listPreviews(record.id) : [];
  }

  expiresAt(record: RecordingRecord): number | null {
    return expiresAt(record, this.#options.retention);
  }

  async storage(): Promise<Storage> {
    return this.#disk.storage(await this.#options.store.all());
  }

  /** Deletes what is older or more than the rules allow. */
  async applyRetention(): Promise<void> {
    const { store, retention, clock, logger } = this.#options;
    // Messages are kept as their mailbox says.
    const recordings = (await store.all()).filter(({ voicemail }) => voicemail === undefined);
    for (const { id } of overdue(recordings, retention, clock.now())) {
      await this.delete(id).catch((error: unknown) =>
        logger.error({ recording: id, err: error }, 'could not be deleted'),
      );
    }
  }

  /** Idempotent. What runs is stopped and safe; what is being finished goes on at the next start. */
  async close(): Promise<void> {
    this.#stopTidying();
    this.#disk.close();
    await this.#live.close();
    await this.#finishing.close();
    await this.renders.close();
  }

  /** The length of one that runs, and how far one is that is being finished. */
  #upToDate(record: RecordingRecord): RecordingRecord {
    const live = isLive(record.state) ? this.#live.by(record.id) : undefined;
    if (live) return { ...record, durationMs: Math.round(live.now()) };
    if (!isFinishing(record.state)) return record;
    return { ...record, ...this.#finishing.newsOf(record.id) };
  }
}
