import { newSecret } from '../accounts/secret.ts';
import { AppError } from '../base/AppError.ts';
import type { SignInId } from '../protocol/ids.ts';
import type { Room } from '../rooms/Room.ts';

/** Of one message, each time somebody begins to: more is a fault or an attack. */
const MAX_LISTENERS = 50;

/** Who may hear a message while it is left. */
export class Listeners {
  readonly #room: Room;
  /** By the identities in their tokens. */
  readonly #signIns = new Map<string, SignInId>();
  #begun = 0;

  constructor(room: Room) {
    this.#room = room;
  }

  has(identity: string): boolean {
    return this.#signIns.has(identity);
  }

  /** The identity of one more. AppError `unavailable` when there are too many. */
  add(signInId: SignInId): string {
    if (this.#begun >= MAX_LISTENERS) {
      throw new AppError('unavailable', 'Too many listen to it already.');
    }
    this.#begun++;
    const identity = newSecret();
    this.#signIns.set(identity, signInId);
    return identity;
  }

  /** Those of one sign-in, or all, and they do not come back. */
  sendAway(signInId?: SignInId): void {
    for (const [identity, its] of this.#signIns) {
      if (signInId !== undefined && its !== signInId) continue;
      this.#signIns.delete(identity);
      for (const member of this.#room.membersOf(identity)) {
        this.#room.leave(member, signInId === undefined ? 'left' : 'expired');
      }
    }
  }
}
