import { AppError } from '../base/AppError.ts';
import type { Clock } from '../base/Clock.ts';
import type { Logger } from '../base/logger.ts';
import type { ParticipantId, RecordingId, RoomId, VoicemailId } from '../protocol/ids.ts';
import type { RecordingStatus, StopReason } from '../protocol/recordings.ts';
import type { Source } from '../protocol/media.ts';
import type { Room } from '../rooms/Room.ts';
import type { RoomRegistry } from '../rooms/RoomRegistry.ts';
import { Attendance } from './Attendance.ts';
import type { Catalogue } from './Catalogue.ts';
import { LiveRecording } from './LiveRecording.ts';
import { newRecord, type RecordingRecord } from './RecordingRecord.ts';
import { isLive, type Step } from './states.ts';
import type { OpenTape } from './Tape.ts';

export interface LiveRecordingsOptions {
  readonly catalogue: Catalogue;
  readonly rooms: RoomRegistry;
  readonly openTape: OpenTape;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly maxLengthMs: number;
  /** AppError `disk_full` when nothing may be begun. */
  readonly checkSpace: () => Promise<void>;
  readonly onStarted: (record: RecordingRecord) => void;
  /** It is on disk, and its journals wait to become files. */
  readonly onStopped: (record: RecordingRecord, bytes: number) => void;
}

export interface StartedBy {
  /** Null: nobody in particular. */
  readonly name: string | null;
  /** The message that it is for. */
  readonly voicemail?: VoicemailId;
  /** What is recorded; absent: whatever is sent. */
  readonly sources?: ReadonlySet<Source>;
}

/** Recordings while they run, at most one to a room: begun, paused, and stopped once. */
export class LiveRecordings {
  readonly #options: LiveRecordingsOptions;
  readonly #attendance: Attendance;
  readonly #live = new Map<RoomId, LiveRecording>();
  readonly #starting = new Map<RoomId, Promise<RecordingRecord>>();
  readonly #stopping = new Map<RecordingId, Promise<RecordingRecord>>();
  #closed = false;

  constructor(options: LiveRecordingsOptions) {
    this.#options = options;
    this.#attendance = new Attendance({
      rooms: options.rooms,
      clock: options.clock,
      isRecorded: (room) => this.#live.has(room.id) || this.#starting.has(room.id),
      onPresent: (room) => this.#startByItself(room),
      onEmpty: (room, emptySince) => this.#stopEmpty(room, emptySince),
      onChanged: (room) => this.#peopleChanged(room),
    });
  }

  /** In their journals. */
  get bytes(): number {
    return [...this.#live.values()].reduce((sum, { bytes }) => sum + bytes, 0);
  }

  by(id: RecordingId): LiveRecording | undefined {
    return [...this.#live.values()].find(({ record }) => record.id === id);
  }

  /**
   * The recording of the room that runs, begun now if there was none. AppError `wrong_state` in an
   * empty room, `disk_full`, `unavailable`.
   */
  start(room: Room, by: StartedBy): Promise<RecordingRecord> {
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

  /** Resolves once all that was captured is on disk; undefined: it does not run. Idempotent. */
  async stop(id: RecordingId, reason: StopReason): Promise<RecordingRecord | undefined> {
    const live = this.by(id);
    return live && this.#stop(live, reason);
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

  stopAll(reason: StopReason): void {
    for (const live of this.#live.values()) void this.#stop(live, reason);
  }

  /** Nothing begins any more; resolves once all that ran is on disk. Idempotent. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#attendance.close();
    await Promise.allSettled(this.#starting.values());
    this.stopAll('shutdown');
    await Promise.allSettled(this.#stopping.values());
  }

  async #start(
    room: Room,
    { name: startedBy, voicemail, sources }: StartedBy,
  ): Promise<RecordingRecord> {
    try {
      await this.#stopping.get(this.#live.get(room.id)?.record.id ?? ('' as RecordingId));
      if (this.#closed) throw new AppError('unavailable', 'The server is stopping.');
      if (room.participantCount === 0) throw new AppError('wrong_state', 'Nobody is in this room.');
      await this.#options.checkSpace();
      const { clock } = this.#options;
      const live = new LiveRecording(
        newRecord(room, {
          startedBy,
          startedAt: clock.now(),
          ...(voicemail && { voicemail }),
        }),
        {
          ...this.#options,
          room,
          sources,
          answers: this.#attendance.answersOf(room),
        },
      );
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
    await this.#options.catalogue.add(live.record);
    await this.#step(live, 'start');
    live.once('broken', (reason) => void this.#stop(live, reason));
    await live.begin();
    await this.#step(live, 'begin');
    this.#options.logger.info({ recording: id, room: live.room.id }, 'recording');
    this.#options.onStarted(live.record);
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
    await this.#options.catalogue.remove(live.record.id);
  }

  async #switch(
    id: RecordingId,
    step: 'pause' | 'resume',
    act: (live: LiveRecording) => void,
  ): Promise<RecordingRecord> {
    const live = this.by(id);
    if (!live) {
      const { state } = await this.#options.catalogue.get(id);
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
    live.cut();
    try {
      await this.#step(live, 'stop').catch((error: unknown) => this.#complain(live, error));
      await live.end(reason, atMs);
      const durationMs = Math.round(atMs);
      await this.#step(live, 'close', undefined, {
        stopReason: reason,
        durationMs,
        endedAt: startedAt + durationMs,
      });
      this.#options.onStopped(live.record, live.bytes);
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
    live.record = await this.#options.catalogue.take(live.record.id, step, patch);
    act?.();
    if (isLive(live.record.state)) this.#tell(live);
  }

  #stopEmpty(room: Room, emptySince: number): void {
    const live = this.#live.get(room.id);
    if (!live) return;
    const sinceMs = this.#options.clock.elapsed() - emptySince;
    void this.#stop(live, 'empty', Math.max(0, live.now() - sinceMs));
  }

  #startByItself(room: Room): void {
    this.start(room, { name: null }).catch((error: unknown) => {
      this.#options.logger.error(
        { room: room.id, err: error },
        'automatic recording did not begin',
      );
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

  #complain(live: LiveRecording, error: unknown): void {
    this.#options.logger.error({ recording: live.record.id, err: error }, 'while stopping');
  }
}
