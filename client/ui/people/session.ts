import { signal, type ReadonlySignal } from '@preact/signals';
import type { SessionResource, User } from '../../../server/protocol/people.ts';
import { PeopleClient } from '../../core/PeopleClient.ts';

const session = signal<SessionResource | null>(null);

/** Who is signed in here; null: nobody, or not known yet (`isSessionKnown`). */
export const me = (): User | null => session.value?.user ?? null;

export const isSessionKnown = (): boolean => session.value !== null;

/** The name of the provider one can sign in with, beside or instead of a password. */
export const openIdProvider = (): string | null => session.value?.openId ?? null;

export const sessionSignal: ReadonlySignal<SessionResource | null> = session;

export const loadSession = async (): Promise<void> => {
  session.value = await new PeopleClient().session();
};

/** Somebody signed in, out, or changed what is known of them. */
export const setMe = (user: User | null): void => {
  session.value = { openId: session.value?.openId ?? null, user };
};
