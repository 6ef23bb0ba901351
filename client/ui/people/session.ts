import { signal } from '@preact/signals';
import type { SessionResource, User } from '../../../server/protocol/people.ts';
import { SessionClient } from '../../core/SessionClient.ts';
import { recall, remember } from '../parts/memory.ts';

/** Shorter finds a server that is back sooner. */
const AGAIN_MS = 5_000;
/** Remembered, so that the page looks the same before and after the server has said who one is. */
const WAS_SIGNED_IN = 'signedIn';

const session = signal<SessionResource | null>(null);

/** For clients of signed-in people: who is told that nobody is signed in looks whether that is so. */
export const watchedFetch: typeof fetch = async (...sent) => {
  const response = await fetch(...sent);
  if (response.status === 401 && session.peek()?.user) look();
  return response;
};

export const sessionClient = new SessionClient();

/** Who is signed in here; null: nobody, or not known yet (`isSessionKnown`). */
export const me = (): User | null => session.value?.user ?? null;

export const isSessionKnown = (): boolean => session.value !== null;

/** As far as is known; before the server has answered: as it was the last time. */
export const isProbablySignedIn = (): boolean =>
  session.value === null ? recall(WAS_SIGNED_IN) !== null : session.value.user !== null;

/** The name of the provider one can sign in with, beside or instead of a password. */
export const openIdProvider = (): string | null => session.value?.openId ?? null;

/** Can this server tell people of messages by mail? */
export const canMail = (): boolean => session.value?.mail ?? false;

const keep = (found: SessionResource): void => {
  session.value = found;
  remember(WAS_SIGNED_IN, found.user === null ? null : 'yes');
};

const loadSession = async (): Promise<void> => keep(await sessionClient.session());

/** Somebody signed in, out, or changed what is known of them. */
export const setMe = (user: User | null): void =>
  keep({ openId: session.value?.openId ?? null, mail: session.value?.mail ?? false, user });

const look = (): void => {
  loadSession().catch(() => {
    if (!isSessionKnown()) setTimeout(look, AGAIN_MS);
  });
};

/** Finds out who one is, and again when the page comes back: another tab may have signed out. */
export const startSession = (): void => {
  look();
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible' && isSessionKnown()) look();
  });
};
