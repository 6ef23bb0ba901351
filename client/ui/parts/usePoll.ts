import { useEffect, useRef } from 'preact/hooks';

/** Again and again while the page is in sight, and when it comes back; null: not at all. */
export const usePoll = (look: () => void, everyMs: number | null): void => {
  const latest = useRef(look);
  latest.current = look;
  useEffect(() => {
    if (everyMs === null) return undefined;
    const run = () => {
      if (document.visibilityState !== 'hidden') latest.current();
    };
    const timer = setInterval(run, everyMs);
    document.addEventListener('visibilitychange', run);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', run);
    };
  }, [everyMs]);
};
