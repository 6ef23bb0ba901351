import { effect } from '@preact/signals';
import type { CallId } from '../../../server/protocol/ids.ts';
import { showToast } from '../parts/toasts.ts';
import type { CallCentre } from './CallCentre.ts';

/** The line has to be open first; longer waits for slower ones, and lets nobody know for longer. */
const WAIT_MS = 10_000;

/** Answers a call that was accepted in a notification, as soon as this page knows of it. */
export const acceptPushed = (centre: CallCentre, callId: CallId): void => {
  let waiting = true;
  const stop = effect(() => {
    const call = centre.incoming.value.find(({ id }) => id === callId);
    if (!waiting || !call) return;
    waiting = false;
    // Not within the effect: answering changes what it looks at.
    queueMicrotask(() => {
      clearTimeout(timer);
      stop();
      void centre.answer(call, { video: false, others: 'held' });
    });
  });
  const timer = setTimeout(() => {
    stop();
    if (waiting) showToast('The call does not ring any more.', { kind: 'news', topic: 'call' });
  }, WAIT_MS);
};
