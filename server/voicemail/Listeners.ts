import { newSecret } from '../accounts/secret.ts';
import { AppError } from '../base/AppError.ts';
import type { Room } from '../rooms/Room.ts';

/** Of one message, each time somebody begins to: more is a fault or an attack. */
const MAX_LISTENERS = 50;

/** Who may hear a message while it is left, by the identities in their tokens. */
export class Listeners {
  readonly #room: Room;
  readonly #identities = new Set<string>();

  constructor(room: Room) {
    this.#room = room;
  }

  has(identity: string): boolean {
    return this.#identities.has(identity);
  }

  /** The identity of one more. AppError `unavailable` when there are too many. */
  add(): string {
    if (this.#identities.size >= MAX_LISTENERS) {
      throw new AppError('unavailable', 'Too many listen to it already.');
    }
    const identity = newSecret();
    this.#identities.add(identity);
    return identity;
  }

  sendAway(): void {
    const members = [...this.#identities].flatMap((one) => this.#room.membersOf(one));
    for (const member of members) this.#room.leave(member, 'left');
  }
}
