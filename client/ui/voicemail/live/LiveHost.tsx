import { signal, type Signal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import { callsStore } from '../../calls/slots.ts';

/** A failed fetch is tried again after this. */
const AGAIN_MS = 5_000;

const load = () => import('./LiveMessages.tsx');
const code: Signal<Awaited<ReturnType<typeof load>> | null> = signal(null);

/** On every page: that somebody leaves a message now. What shows it is fetched for the first one. */
export const LiveHost = (): JSX.Element => {
  const isWanted = callsStore.messagesBeingLeft.value.size > 0 && code.value === null;
  useEffect(() => {
    if (!isWanted) return undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const tryIt = async () => {
      try {
        code.value = await load();
      } catch {
        timer = setTimeout(() => void tryIt(), AGAIN_MS);
      }
    };
    void tryIt();
    return () => clearTimeout(timer);
  }, [isWanted]);
  const live = code.value;
  return (
    <>
      <p class="vh" role="status">
        {live?.liveNews()}
      </p>
      {live && <live.LiveMessages />}
    </>
  );
};
