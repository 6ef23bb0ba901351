import { EventEmitter } from 'node:events';
import type { UserId } from '../protocol/ids.ts';
import type { Member } from '../rooms/Member.ts';
import type { Room } from '../rooms/Room.ts';
import type { RoomRegistry } from '../rooms/RoomRegistry.ts';

export type RoomPresenceEvents = {
  /** Somebody came into a first room, or left the last. */
  changed: [userId: UserId];
};

/** Who of those with an account is in a conference now. */
export class RoomPresence extends EventEmitter<RoomPresenceEvents> {
  readonly #rooms = new Map<UserId, number>();

  /** Before the rooms are loaded: each is followed as it is added. */
  constructor(rooms: RoomRegistry) {
    super();
    rooms.on('added', (room) => this.#follow(room));
  }

  has(userId: UserId): boolean {
    return this.#rooms.has(userId);
  }

  #follow(room: Room): void {
    room.on('memberJoined', (member) => this.#count(member, 1));
    room.on('memberLeft', (member) => this.#count(member, -1));
  }

  #count({ userId }: Member, by: 1 | -1): void {
    if (userId === null) return;
    const count = (this.#rooms.get(userId) ?? 0) + by;
    if (count > 0) this.#rooms.set(userId, count);
    else this.#rooms.delete(userId);
    if (count === 0 || (count === 1 && by === 1)) this.emit('changed', userId);
  }
}
