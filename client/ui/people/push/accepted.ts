import type { CallId } from '../../../../server/protocol/ids.ts';

const PARAMETER = 'accept';

const isCallId = (id: unknown): id is CallId =>
  typeof id === 'string' && /^call_[0-9a-f-]{36}$/.test(id);

/** Calls that were accepted in a notification: the one this page was opened for, and those that come later. */
export const watchAccepted = (accept: (callId: CallId) => void): void => {
  const here = new URL(location.href);
  const callId = here.searchParams.get(PARAMETER);
  if (callId !== null) {
    here.searchParams.delete(PARAMETER);
    // Whoever loads the page again does not mean to accept again.
    history.replaceState(history.state, '', here);
    if (isCallId(callId)) accept(callId);
  }
  if (!('serviceWorker' in navigator)) return;
  navigator.serviceWorker.addEventListener('message', ({ data, ports }: MessageEvent<unknown>) => {
    if (!isAcceptance(data)) return;
    ports[0]?.postMessage(true);
    accept(data.callId);
  });
  navigator.serviceWorker.startMessages();
};

const isAcceptance = (data: unknown): data is { callId: CallId } =>
  typeof data === 'object' &&
  data !== null &&
  'kind' in data &&
  data.kind === 'acceptCall' &&
  'callId' in data &&
  isCallId(data.callId);
