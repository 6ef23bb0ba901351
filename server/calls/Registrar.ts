import { EventEmitter } from 'node:events';
import type { SignInId, UserId } from '../protocol/ids.ts';
import type { Notification } from '../protocol/signaling.ts';

/** One page in which somebody is signed in, and can be called. */
export interface Registration {
  readonly userId: UserId;
  readonly signInId: SignInId;
  /** Is anybody at it? */
  active: boolean;
  notify(notification: Notification): void;
  /** Its sign-in has ended. */
  close(): void;
}

export type RegistrarEvents = {
  /** A page came or went, or somebody came back to one or left it. */
  changed: [userId: UserId];
};

/** Where people can be called. */
export class Registrar extends EventEmitter<RegistrarEvents> {
  readonly #byUser = new Map<UserId, Set<Registration>>();

  add(registration: Registration): void {
    const { userId } = registration;
    const all = this.#byUser.get(userId) ?? new Set();
    this.#byUser.set(userId, all.add(registration));
    this.emit('changed', userId);
  }

  /** Idempotent. */
  remove(registration: Registration): void {
    const all = this.#byUser.get(registration.userId);
    if (!all?.delete(registration)) return;
    if (all.size === 0) this.#byUser.delete(registration.userId);
    this.emit('changed', registration.userId);
  }

  setActive(registration: Registration, active: boolean): void {
    if (registration.active === active) return;
    registration.active = active;
    this.emit('changed', registration.userId);
  }

  of(userId: UserId): readonly Registration[] {
    return [...(this.#byUser.get(userId) ?? [])];
  }

  /** Everybody who is here. */
  users(): readonly UserId[] {
    return [...this.#byUser.keys()];
  }

  tell(userId: UserId, notification: Notification): void {
    for (const registration of this.#byUser.get(userId) ?? []) registration.notify(notification);
  }

  /** What a sign-in let in has to go with it. */
  closeOf(userId: UserId, signInId: SignInId | undefined): void {
    for (const registration of this.of(userId)) {
      if (signInId === undefined || registration.signInId === signInId) registration.close();
    }
  }
}
