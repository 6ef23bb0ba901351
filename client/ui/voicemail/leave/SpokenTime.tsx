import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { clockWords } from './leaveWords.ts';

const TICK_MS = 250;

/** How long somebody has spoken, and how long they may; null: that is not said. */
export const SpokenTime = ({
  since,
  maxMs,
}: {
  since: number;
  maxMs: number | null;
}): JSX.Element => {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), TICK_MS);
    return () => clearInterval(timer);
  }, []);
  const spokenMs = Math.min(maxMs ?? Infinity, Math.max(0, now - since));
  return (
    <p class="message-time" role="timer">
      <strong>{clockWords(spokenMs)}</strong>
      {maxMs !== null && <span class="small-print">{clockWords(maxMs - spokenMs)} left</span>}
    </p>
  );
};
