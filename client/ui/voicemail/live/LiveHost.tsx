import { computed, signal, type Signal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import { callsStore } from '../../calls/slots.ts';
import { announcement, isBeingLeft } from './liveWords.ts';

/** A failed fetch is tried again after this. */
const AGAIN_MS = 5_000;

const messages = computed(() =>
  [...callsStore.messagesBeingLeft.value.values()].filter(isBeingLeft),
);
const isAny = computed(() => messages.value.length > 0);
const screen: Signal<(() => JSX.Element | null) | null> = signal(null);

const load = async (): Promise<void> => {
  screen.value = (await import('./LiveMessages.tsx')).LiveMessages;
};

/** On every page: that somebody leaves a message now. What shows it is fetched for the first one. */
export const LiveHost = (): JSX.Element => {
  const isWanted = isAny.value && screen.value === null;
  useEffect(() => {
    if (!isWanted) return undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const tryIt = () => {
      load().catch(() => {
        timer = setTimeout(tryIt, AGAIN_MS);
      });
    };
    tryIt();
    return () => clearTimeout(timer);
  }, [isWanted]);
  const Screen = screen.value;
  return (
    <>
      <p class="vh" role="status">
        {announcement(messages.value)}
      </p>
      {Screen && <Screen />}
    </>
  );
};
