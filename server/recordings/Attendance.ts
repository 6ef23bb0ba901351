import type { Clock } from '../base/Clock.ts';
import type { ParticipantId } from '../protocol/ids.ts';
import type { StopReason } from '../protocol/recordings.ts';
import type { Room } from '../rooms/Room.ts';
import type { RoomRegistry } from '../rooms/RoomRegistry.ts';

/** An empty room is recorded for this long yet: somebody may only be loading the page anew. */
const EMPTY_GRACE_MS = 10_000;

export interface AttendanceOptions {
  readonly rooms: RoomRegistry;
  readonly clock: Clock;
  readonly isRecorded: (room: Room) => boolean;
  /** Somebody is in a room that is to be recorded by itself, and it is not. */
  readonly onPresent: (room: Room) => void;
  /** Nobody has been in a recorded room since then (`Clock.elapsed`). */
  readonly onEmpty: (room: Room, emptySince: number) => void;
  /** People came or went. */
  readonly onChanged: (room: Room) => void;
}

interface Seen {
  readonly answers: Map<ParticipantId, boolean>;
  cancelEmpty: (() => void) | undefined;
  /** Somebody stopped it: it does not begin again by itself while they are together. */
  stoppedByHand: boolean;
}

/** Who is where, as far as recordings care: when one begins and ends by itself, and who has agreed. */
export class Attendance {
  readonly #options: AttendanceOptions;
  readonly #seen = new WeakMap<Room, Seen>();
  #closed = false;

  constructor(options: AttendanceOptions) {
    this.#options = options;
    for (const room of options.rooms.all()) this.#watch(room);
    options.rooms.on('added', (room) => this.#watch(room));
  }

  /** Somebody said whether they may be recorded. */
  answer(room: Room, participantId: ParticipantId, agreed: boolean): void {
    this.#of(room).answers.set(participantId, agreed);
  }

  answersOf(room: Room): ReadonlyMap<ParticipantId, boolean> {
    return this.#of(room).answers;
  }

  /** The room's recording is over. For the next one everybody is asked again. */
  ended(room: Room, reason: StopReason): void {
    const seen = this.#of(room);
    seen.answers.clear();
    seen.cancelEmpty?.();
    if (reason === 'stopped') seen.stoppedByHand = true;
    if (reason === 'maxLength') this.#look(room);
  }

  close(): void {
    this.#closed = true;
  }

  #watch(room: Room): void {
    room.on('memberJoined', (member) => {
      if (!member.visible) return;
      this.#of(room).cancelEmpty?.();
      this.#look(room);
      this.#options.onChanged(room);
    });
    room.on('memberLeft', (member) => {
      if (!member.visible) return;
      this.#of(room).answers.delete(member.id);
      if (room.participantCount === 0) this.#emptied(room);
      else this.#options.onChanged(room);
    });
    room.on('changed', () => this.#look(room));
  }

  #look(room: Room): void {
    const { isRecorded, onPresent } = this.#options;
    if (this.#closed || !room.recording.automatic || room.participantCount === 0) return;
    if (!this.#of(room).stoppedByHand && !isRecorded(room)) onPresent(room);
  }

  #emptied(room: Room): void {
    const { clock, isRecorded, onEmpty } = this.#options;
    const seen = this.#of(room);
    seen.stoppedByHand = false;
    if (!isRecorded(room)) return;
    const since = clock.elapsed();
    seen.cancelEmpty?.();
    seen.cancelEmpty = clock.after(EMPTY_GRACE_MS, () => onEmpty(room, since));
  }

  #of(room: Room): Seen {
    const known = this.#seen.get(room);
    if (known) return known;
    const seen: Seen = { answers: new Map(), cancelEmpty: undefined, stoppedByHand: false };
    this.#seen.set(room, seen);
    return seen;
  }
}
