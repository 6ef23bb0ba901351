import { EventEmitter } from 'node:events';
import { AppError } from '../base/AppError.ts';
import type { Clock } from '../base/Clock.ts';
import type { Logger } from '../base/logger.ts';
import type { ParticipantId } from '../protocol/ids.ts';
import type { Source } from '../protocol/media.ts';
import type { RecordingStatus, StopReason } from '../protocol/recordings.ts';
import type { MediaRoom } from '../rooms/MediaRoom.ts';
import type { LeaveReason } from '../rooms/Member.ts';
import type { Room } from '../rooms/Room.ts';
import type { RoomRegistry } from '../rooms/RoomRegistry.ts';
import { Recorder } from './Recorder.ts';
import type { RecordingRecord } from './RecordingRecord.ts';
import type { OpenTape, Tape } from './Tape.ts';

/** Writing that has not reached the disk for so long is told as stalled. */
const STALLED_AFTER_MS = 3_000;
const PROGRESS_INTERVAL_MS = 1_000;

const REASON_OF: Readonly<Record<LeaveReason, StopReason>> = {
  left: 'stopped',
  gone: 'stopped',
  removed: 'stopped',
  expired: 'stopped',
  replaced: 'stopped',
  ended: 'roomEnded',
  shutdown: 'shutdown',
};

export type LiveRecordingEvents = {
  /** It cannot go on: stop it. */
  broken: [reason: StopReason];
};

export interface LiveRecordingOptions {
  readonly room: Room;
  readonly rooms: RoomRegistry;
  readonly openTape: OpenTape;
  readonly maxLengthMs: number;
  readonly clock: Clock;
  readonly logger: Logger;
  /** What is recorded; undefined: whatever is sent. */
  readonly sources: ReadonlySet<Source> | undefined;
  /** What people answered before it began, on the pre-join page. */
  readonly answers: ReadonlyMap<ParticipantId, boolean>;
}

/** A recording while it runs: its recorder in the room, its tape, and what everybody is told of it. */
export class LiveRecording extends EventEmitter<LiveRecordingEvents> {
  readonly room: Room;
  /** Replaced with each change of state. */
  record: RecordingRecord;
  readonly #options: LiveRecordingOptions;
  readonly #consents: Map<ParticipantId, boolean>;
  readonly #zeroMs: number;
  readonly #stopTelling: () => void;
  #stopLimiting: (() => void) | undefined;
  #tape: Tape | undefined;
  #recorder: Recorder | undefined;
  /** Of the recording's clock, while it is paused. */
  #pausedAtMs: number | undefined;
  #pausedMs = 0;
  #stalled = false;
  #stopped = false;

  constructor(record: RecordingRecord, options: LiveRecordingOptions) {
    super();
    this.record = record;
    this.room = options.room;
    this.#options = options;
    this.#consents = new Map(options.answers);
    this.#zeroMs = options.clock.elapsed();
    this.#stopTelling = options.clock.every(PROGRESS_INTERVAL_MS, () => this.#tellProgress());
  }

  /** The recording's own clock: milliseconds since it began, whatever is done to the machine's. */
  readonly now = (): number => this.#options.clock.elapsed() - this.#zeroMs;

  /** Bytes in its journals. */
  get bytes(): number {
    return this.#tape?.bytes ?? 0;
  }

  get status(): RecordingStatus {
    const { id, state, startedAt, startedBy, consentRequired } = this.record;
    return {
      id,
      state: state === 'requested' ? 'starting' : (state as RecordingStatus['state']),
      startedAt: new Date(startedAt).toISOString(),
      startedBy,
      onDiskMs: this.#onDiskMs(),
      stalled: this.#stalled,
      consentRequired,
      unrecorded: this.room
        .participants()
        .map((participant) => participant.id)
        .filter((participantId) => !this.#mayRecord(participantId)),
    };
  }

  /** Opens the tape and enters the room. Rejects when either cannot be. */
  async begin(): Promise<void> {
    const { rooms, room, openTape } = this.#options;
    const tape = await openTape(this.record.id, this.now);
    this.#tape = tape;
    if (this.#stopped) await this.#giveUp();
    tape.once('failed', (cause) => {
      this.#options.logger.error({ recording: this.record.id, cause }, 'cannot write any more');
      this.emit('broken', 'disk');
    });
    tape.on('overflowed', (trackId) => this.#recorder?.renewTrack(trackId));
    const recorder = await rooms.enter(room, { evenIfLocked: true }, (media) =>
      Promise.resolve(this.#makeRecorder(media, tape)),
    );
    this.#recorder = recorder;
    if (this.#stopped) await this.#giveUp();
    recorder.once('closed', (reason) => {
      if (!this.#stopped) this.emit('broken', REASON_OF[reason]);
    });
    recorder.meet(room.participants());
    for (const [participantId, agreed] of this.#consents) {
      recorder.consentChanged(participantId, agreed);
    }
    room.offerTracksTo(recorder);
    const { maxLengthMs, clock } = this.#options;
    this.#stopLimiting = clock.after(maxLengthMs, () => this.emit('broken', 'maxLength'));
  }

  pause(): void {
    this.#pausedAtMs ??= this.now();
    this.#recorder?.pause();
  }

  resume(): void {
    this.#pausedMs += this.now() - (this.#pausedAtMs ?? this.now());
    this.#pausedAtMs = undefined;
    this.#recorder?.resume();
  }

  /** True when it changes who is recorded. */
  consent(participantId: ParticipantId, agreed: boolean): boolean {
    if (!this.record.consentRequired || this.#consents.get(participantId) === agreed) return false;
    this.#consents.set(participantId, agreed);
    this.#recorder?.consentChanged(participantId, agreed);
    return true;
  }

  /** Nothing of what is said from now on is kept. Idempotent. */
  cut(): void {
    this.#stopped = true;
    if (this.#recorder) this.room.leave(this.#recorder, 'left');
  }

  /** Leaves the room and closes the tape: all that came before `atMs` is on disk then, if it can be. */
  async end(reason: StopReason, atMs: number): Promise<void> {
    this.cut();
    this.#stopTelling();
    this.#stopLimiting?.();
    this.#tape?.note({ type: 'stopped', reason, atMs });
    await this.#tape?.close();
  }

  /** It was stopped while it began. */
  async #giveUp(): Promise<never> {
    if (this.#recorder) this.room.leave(this.#recorder, 'left');
    await this.#tape?.close();
    throw new AppError('wrong_state', 'It was stopped while it began.');
  }

  #makeRecorder(media: MediaRoom, tape: Tape): Recorder {
    const { clock, logger, sources } = this.#options;
    return new Recorder({
      media,
      tape,
      now: this.now,
      joinedAt: clock.now(),
      mayRecord: (participantId) => this.#mayRecord(participantId),
      sources,
      logger,
    });
  }

  #mayRecord(participantId: ParticipantId): boolean {
    return !this.record.consentRequired || this.#consents.get(participantId) === true;
  }

  /** Without the pauses: what stands on people's screens. */
  #onDiskMs(): number {
    const onDiskMs = this.#tape?.onDiskMs ?? 0;
    const untilMs = Math.min(onDiskMs, this.#pausedAtMs ?? onDiskMs);
    return Math.max(0, Math.round(untilMs - this.#pausedMs));
  }

  #tellProgress(): void {
    if (this.record.state !== 'recording') return;
    this.#stalled = this.now() - (this.#tape?.onDiskMs ?? 0) > STALLED_AFTER_MS;
    const data = { onDiskMs: this.#onDiskMs(), stalled: this.#stalled };
    this.room.announce({ name: 'recordingProgress', data });
  }
}
