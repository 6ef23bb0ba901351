import { effect, untracked } from '@preact/signals';
import { notePeople } from '../people/presences.ts';
import { watchAccepted } from '../people/push/accepted.ts';
import { me } from '../people/session.ts';
import { setAppBadge } from '../voicemail/appBadge.ts';
import { noteMessages, waiting } from '../voicemail/waiting.ts';
import { acceptPushed } from './acceptPushed.ts';
import { watchActivity } from './activity.ts';
import type { CallCentre } from './CallCentre.ts';
import { CallFront } from './CallFront.tsx';
import { CallOverlay } from './CallOverlay.tsx';
import { centre } from './centre.ts';
import { callOverlay, callScreen, callsStore } from './slots.ts';

let started = false;

/** Keeps the line open for who is signed in, and shows the calls of this page. Idempotent. */
export const startCalls = (): CallCentre => {
  if (started) return centre;
  started = true;
  effect(() => {
    const signedIn = me() !== null;
    if (!signedIn) noteMessages(null);
    untracked(() => (signedIn ? centre.client.signIn() : centre.client.signOut()));
  });
  effect(() => {
    const isShown =
      centre.front.value !== null ||
      centre.desk.leaving.value !== null ||
      centre.ended.value !== null;
    if (isShown) callScreen.value = CallFront;
    else if (callScreen.peek() === CallFront) callScreen.value = null;
  });
  effect(() => notePeople([...callsStore.people.value.values()]));
  effect(() => {
    if (callsStore.voicemail.value !== null) noteMessages(callsStore.voicemail.value);
  });
  effect(() => setAppBadge(waiting.value?.new ?? 0));
  callOverlay.value = CallOverlay;
  watchActivity((active) => centre.client.setActive(active));
  watchAccepted((callId) => acceptPushed(centre, callId));
  return centre;
};
