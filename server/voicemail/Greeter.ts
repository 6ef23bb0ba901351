import { EventEmitter } from 'node:events';
import { newId } from '../protocol/ids.ts';
import type { Notification } from '../protocol/signaling.ts';
import type { MediaRoom, Player, Sound } from '../rooms/MediaRoom.ts';
import type { LeaveReason, Member, MemberId, Track } from '../rooms/Member.ts';
import type { Room } from '../rooms/Room.ts';

export type GreeterEvents = {
  /** Somebody else can be heard now, or nobody any more. */
  heard: [others: boolean];
  /** How loud the loudest of the others is, in dBov; null: nobody can be heard. */
  level: [volume: number | null];
};

/** The member of a room that plays sounds to whoever is in it: greeting and beep. */
export class Greeter extends EventEmitter<GreeterEvents> implements Member {
  readonly id: MemberId = newId('part');
  readonly name: string;
  readonly role = 'guest';
  readonly identity = null;
  readonly userId = null;
  readonly visible = true;
  readonly connection = 'connected';
  readonly joinedAt: number;
  #player: Player | undefined;
  #closed = false;

  constructor({ name, joinedAt }: { name: string; joinedAt: number }) {
    super();
    this.name = name;
    this.joinedAt = joinedAt;
  }

  /** Can be heard from now on. Rejects when the media is gone. */
  async begin(room: Room, media: MediaRoom): Promise<void> {
    const player = await media.play();
    if (this.#closed) {
      player.close();
      return;
    }
    this.#player = player;
    const { producer } = player;
    room.publish({
      id: producer.id,
      memberId: this.id,
      kind: 'audio',
      source: 'microphone',
      producer,
      width: undefined,
      height: undefined,
      paused: false,
    });
  }

  /** Resolves when it was played to its end, at once when it cannot be. */
  async play(sound: Sound): Promise<void> {
    await this.#player?.play(sound);
  }

  notify({ name, data }: Notification): void {
    if (name !== 'audioLevels') return;
    // The loudest comes first.
    const loudest = data.levels.find(({ participantId }) => participantId !== this.id);
    this.emit('heard', loudest !== undefined);
    this.emit('level', loudest?.volume ?? null);
  }

  close(_reason: LeaveReason): void {
    this.#closed = true;
    this.#player?.close();
  }

  /** Its sounds are lost with the media: whoever waits for the end of one goes on. */
  moveTo(_media: MediaRoom): void {
    this.#player?.close();
  }

  offer(_track: Track): void {}
  retract(_track: Track): void {}
  renew(_track: Track): void {}
}
