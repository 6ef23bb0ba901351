import { EventEmitter } from 'node:events';
import { AppError } from '../base/AppError.ts';
import type { Clock } from '../base/Clock.ts';
import type { Logger } from '../base/logger.ts';
import type { ParticipantId, RecordingId, RoomId, VoicemailId } from '../protocol/ids.ts';
import type { RecordedFile, RecordingStatus, StopReason } from '../protocol/recordings.ts';
import type { Room } from '../rooms/Room.ts';
import type { RoomRegistry } from '../rooms/RoomRegistry.ts';
import { Attendance } from './Attendance.ts';
import { Catalogue } from './Catalogue.ts';
import { DiskGuard, type Storage } from './DiskGuard.ts';
import type { Finisher, PreviewFile } from './Finisher.ts';
import type { ErasureStore } from './Erasure.ts';
import { Erasures } from './Erasures.ts';
import { Finishing } from './Finishing.ts';
import { LiveRecording } from './LiveRecording.ts';
import { Recovery } from './Recovery.ts';
import { newRecord, type RecordingRecord } from './RecordingRecord.ts';
import type { RenderStore } from './Render.ts';
import type { Renderer } from './Renderer.ts';
import { Renders } from './Renders.ts';
import type { RecordingShares } from './RecordingShares.ts';
import type { RecordingFilter, RecordingStore } from './RecordingStore.ts';
import { expiresAt, overdue, type RetentionRule } from './retention.ts';
import { isFinishing, isLive, type Step } from './states.ts';
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
  /** It is `ready`, or has `failed`. */
  finished: [record: RecordingRecord];
};

/** Recordings from the first request to the last deletion. */
export class RecordingService extends EventEmitter<RecordingServiceEvents> {
  readonly shares: RecordingShares;
  readonly renders: Renders;
  readonly erasures: Erasures;
  readonly #options: RecordingServiceOptions;
  readonly #catalogue: Catalogue;
  readonly #finishing: Finishing;
  readonly #disk: DiskGuard;
  readonly #attendance: Attendance;
  readonly #live = new Map<RoomId, LiveRecording>();
  readonly #starting = new Map<RoomId, Promise<RecordingRecord>>();
  readonly #stopping = new Map<RecordingId, Promise<RecordingRecord>>();
  readonly #timers: (() => void)[];
  #closed = false;

  constructor(options: RecordingServiceOptions) {
    super();
    const { rooms, store, vault, finisher, clock, logger } = options;
    this.shares = options.shares;
    this.#options = options;
    this.#catalogue = new Catalogue(store, vault, logger);
    const catalogue = this.#catalogue;
    this.renders = new Renders({ catalogue, clock, logger, ...options.rendering });
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
      owedBytes: () =>
        [...this.#live.values()].reduce((sum, { bytes }) => sum + bytes, this.#finishing.owedBytes),
      onFull: () => this.#stopAll('disk'),
    });
    this.#attendance = new Attendance({
      rooms,
      clock,
      isRecorded: (room) => this.#live.has(room.id) || this.#starting.has(room.id),
      onPresent: (room) => this.#startByItself(room),
      onEmpty: (room, emptySince) => this.#stopEmpty(room, emptySince),
      onChanged: (room) => this.#peopleChanged(room),
    });
    this.#timers = [
      clock.every(RETENTION_INTERVAL_MS, () => {
        void this.applyRetention().then(() => this.#finishing.retry());
      }),
    ];
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
  start(
    room: Room,
    by: { name: string | null; voicemail?: VoicemailId },
  ): Promise<RecordingRecord> {
    const running = this.#live.get(room.id)?.record;
    if (running && running.state !== 'stopping') return Promise.resolve(running);
    const starting = this.#starting.get(room.id) ?? this.#start(room, by);
    this.#starting.set(room.id, starting);
    return starting;
  }

  /** AppError `not_found`, `wrong_state`. Pausing what is paused changes nothing. */
  async pause(id: RecordingId): Promise<RecordingRecord> {
    return this.#switch(id, 'pause', (live) => live.pause());
  }

  async resume(id: RecordingId): Promise<RecordingRecord> {
    return this.#switch(id, 'resume', (live) => live.resume());
  }

  /** Resolves once all that was captured is on disk. AppError `not_found`. Idempotent. */
  async stop(id: RecordingId, reason: StopReason = 'stopped'): Promise<RecordingRecord> {
    const live = this.#liveBy(id);
    return live ? this.#stop(live, reason) : this.get(id);
  }

  /** May this person be recorded? Remembered for a recording that has not begun yet. */
  consent(room: Room, participantId: ParticipantId, agreed: boolean): void {
    this.#attendance.answer(room, participantId, agreed);
    const live = this.#live.get(room.id);
    if (live?.consent(participantId, agreed)) this.#tell(live);
  }

  /** What everybody in the room is told of its recording. */
  statusOf(room: Room): RecordingStatus | null {
    return this.#live.get(room.id)?.status ?? null;
  }

  /** AppError `not_found`. */
  async get(id: RecordingId): Promise<RecordingRecord> {
    return this.#upToDate(await this.#catalogue.get(id));
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
    const live = this.#liveBy(id);
    this.#finishing.forget(id);
    if (live) await this.#stop(live, 'stopped');
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
    this.#closed = true;
    for (const stop of this.#timers) stop();
    this.#disk.close();
    this.#attendance.close();
    await Promise.allSettled(this.#starting.values());
    this.#stopAll('shutdown');
    await Promise.allSettled(this.#stopping.values());
    await this.#finishing.close();
    await this.renders.close();
  }

  async #start(
    room: Room,
    { name: startedBy, voicemail }: { name: string | null; voicemail?: VoicemailId },
  ): Promise<RecordingRecord> {
    try {
      await this.#stopping.get(this.#live.get(room.id)?.record.id ?? ('' as RecordingId));
      if (this.#closed) throw new AppError('unavailable', 'The server is stopping.');
      if (room.participantCount === 0) throw new AppError('wrong_state', 'Nobody is in this room.');
      await this.#disk.check();
      const { clock } = this.#options;
      const live = new LiveRecording(newRecord(room, {
        startedBy,
        startedAt: clock.now(),
        ...(voicemail && { voicemail }),
      }), {
        ...this.#options,
        room,
        answers: this.#attendance.answersOf(room),
      });
      this.#live.set(room.id, live);
      try {
        return await this.#begin(live);
      } catch (error) {
        await this.#abandon(live);
        throw error;
      }
    } finally {
      this.#starting.delete(room.id);
    }
  }

  async #begin(live: LiveRecording): Promise<RecordingRecord> {
    const { id } = live.record;
    await this.#catalogue.add(live.record);
    await this.#step(live, 'start');
    live.once('broken', (reason) => void this.#stop(live, reason));
    await live.begin();
    await this.#step(live, 'begin');
    this.#options.clock.after(this.#options.maxLengthMs, () => {
      if (this.#liveBy(id) === live) void this.#stop(live, 'maxLength');
    });
    this.#options.logger.info({ recording: id, room: live.room.id }, 'recording');
    // Everybody may have gone while it began.
    if (live.room.participantCount === 0) void this.#stop(live, 'empty');
    return live.record;
  }

  /** It did not begin, and nothing is left of it; unless somebody stopped it meanwhile, who has it. */
  async #abandon(live: LiveRecording): Promise<void> {
    const stopping = this.#stopping.get(live.record.id);
    if (stopping) {
      await stopping;
      return;
    }
    await live.end('stopped', live.now());
    this.#live.delete(live.room.id);
    live.room.announce({ name: 'recordingChanged', data: { recording: null } });
    await this.#catalogue.remove(live.record.id);
  }

  async #switch(
    id: RecordingId,
    step: 'pause' | 'resume',
    act: (live: LiveRecording) => void,
  ): Promise<RecordingRecord> {
    const live = this.#liveBy(id);
    if (!live) {
      const { state } = await this.get(id);
      throw new AppError('wrong_state', `This recording is ${state}.`);
    }
    if (live.record.state === (step === 'pause' ? 'paused' : 'recording')) return live.record;
    await this.#step(live, step, () => act(live));
    return live.record;
  }

  #stop(live: LiveRecording, reason: StopReason, atMs?: number): Promise<RecordingRecord> {
    const { id } = live.record;
    const stopping =
      this.#stopping.get(id) ??
      this.#finish(live, reason, atMs ?? live.now()).finally(() => this.#stopping.delete(id));
    this.#stopping.set(id, stopping);
    return stopping;
  }

  async #finish(live: LiveRecording, reason: StopReason, atMs: number): Promise<RecordingRecord> {
    const { startedAt } = live.record;
    try {
      await this.#step(live, 'stop').catch((error: unknown) => this.#complain(live, error));
      await live.end(reason, atMs);
      const durationMs = Math.round(atMs);
      await this.#step(live, 'close', undefined, {
        stopReason: reason,
        durationMs,
        endedAt: startedAt + durationMs,
      });
      this.#finishing.begin(live.record, live.bytes);
    } catch (error) {
      // A disk that takes nothing more: the next start finds what it did take.
      this.#complain(live, error);
    } finally {
      this.#live.delete(live.room.id);
      this.#attendance.ended(live.room, reason);
      const data = { recording: null, stopReason: reason };
      live.room.announce({ name: 'recordingChanged', data });
    }
    return live.record;
  }

  /** Takes the step, does what it means and tells everybody. */
  async #step(
    live: LiveRecording,
    step: Step,
    act?: () => void,
    patch: Partial<RecordingRecord> = {},
  ): Promise<void> {
    live.record = await this.#catalogue.take(live.record.id, step, patch);
    act?.();
    if (isLive(live.record.state)) this.#tell(live);
  }

  #stopEmpty(room: Room, emptySince: number): void {
    const live = this.#live.get(room.id);
    if (!live) return;
    const sinceMs = this.#options.clock.elapsed() - emptySince;
    void this.#stop(live, 'empty', Math.max(0, live.now() - sinceMs));
  }

  #stopAll(reason: StopReason): void {
    for (const live of this.#live.values()) void this.#stop(live, reason);
  }

  #startByItself(room: Room): void {
    this.start(room, { name: null }).catch((error: unknown) => {
      this.#options.logger.error({ room: room.id, err: error }, 'automatic recording did not begin');
      const full = error instanceof AppError && error.code === 'disk_full';
      const data = { recording: null, ...(full && { stopReason: 'disk' as const }) };
      room.announce({ name: 'recordingChanged', data });
    });
  }

  #peopleChanged(room: Room): void {
    const live = this.#live.get(room.id);
    if (live?.record.consentRequired) this.#tell(live);
  }

  #tell(live: LiveRecording): void {
    live.room.announce({ name: 'recordingChanged', data: { recording: live.status } });
  }

  #liveBy(id: RecordingId): LiveRecording | undefined {
    return [...this.#live.values()].find(({ record }) => record.id === id);
  }

  /** The length of one that runs, and how far one is that is being finished. */
  #upToDate(record: RecordingRecord): RecordingRecord {
    const live = isLive(record.state) ? this.#liveBy(record.id) : undefined;
    if (live) return { ...record, durationMs: Math.round(live.now()) };
    if (!isFinishing(record.state)) return record;
    return { ...record, ...this.#finishing.newsOf(record.id) };
  }

  #complain(live: LiveRecording, error: unknown): void {
    this.#options.logger.error({ recording: live.record.id, err: error }, 'while stopping');
  }
}
