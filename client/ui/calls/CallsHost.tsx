import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import { me } from '../people/session.ts';
import { takeRunningCalls, type RunningCall } from './runningCalls.ts';
import { callOverlay, callScreen } from './slots.ts';

/** A failed fetch is tried again after this. */
const AGAIN_MS = 10_000;

const Returning = (): JSX.Element => (
  <p class="page soft" role="status">
    Back to your call…
  </p>
);

/** Goes on with what the page before, in this tab, was in. */
const resume = async (calls: readonly RunningCall[]): Promise<void> => {
  callScreen.value = Returning;
  try {
    const { startCalls } = await import('./startCalls.ts');
    await startCalls().resume(calls);
  } finally {
    if (callScreen.value === Returning) callScreen.value = null;
  }
};

/** Fetches the code of calls for who can be called, and shows what it shows. */
export const CallsHost = (): JSX.Element | null => {
  const isSignedIn = me() !== null;
  useEffect(() => {
    const calls = takeRunningCalls();
    if (calls.length > 0) void resume(calls).catch(() => {});
  }, []);
  useEffect(() => {
    if (!isSignedIn) return undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const load = () => {
      import('./startCalls.ts').then(
        ({ startCalls }) => startCalls(),
        () => {
          timer = setTimeout(load, AGAIN_MS);
        },
      );
    };
    load();
    return () => clearTimeout(timer);
  }, [isSignedIn]);
  const Overlay = callOverlay.value;
  return Overlay && <Overlay />;
};
