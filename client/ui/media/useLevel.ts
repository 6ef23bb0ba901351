import { useSignal, type ReadonlySignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { microphoneMeter } from '../../core/microphoneMeter.ts';

/** How loud a local track is, 0 to 1. */
export const useLevel = (track: MediaStreamTrack | null): ReadonlySignal<number> => {
  const level = useSignal(0);
  useEffect(() => {
    level.value = 0;
    if (track === null) return undefined;
    const meter = microphoneMeter(track);
    const unsubscribe = meter.level.subscribe((value) => {
      level.value = value;
    });
    return () => {
      unsubscribe();
      meter.close();
    };
  }, [level, track]);
  return level;
};
