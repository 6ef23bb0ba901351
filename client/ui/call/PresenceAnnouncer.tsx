import { useSignalEffect } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect, useMemo, useState } from 'preact/hooks';
import { PresenceLog } from './announcements.ts';
import { useCall } from './context.ts';

/** Lines kept for whoever reads back in the log. */
const KEPT_LINES = 20;
const LINE_SHOWN_MS = 5000;

const schedule = (run: () => void, ms: number): (() => void) => {
  const timer = setTimeout(run, ms);
  return () => clearTimeout(timer);
};

/** A log for screen readers; sighted people see the tiles come and go, and the last line briefly. */
export const PresenceAnnouncer = (): JSX.Element => {
  const { personal, store } = useCall();
  const where = personal === null ? 'the room' : 'the call';
  const [lines, setLines] = useState<readonly { id: number; words: string }[]>([]);
  const [faded, setFaded] = useState(0);
  const log = useMemo(() => {
    let id = 0;
    return new PresenceLog({
      say: (words) => setLines((old) => [...old, { id: ++id, words }].slice(-KEPT_LINES)),
      schedule,
      where,
    });
  }, [where]);
  useEffect(() => () => log.close(), [log]);
  useSignalEffect(() => {
    const self = store.self.value;
    const everybody = store.participants.value;
    if (self !== null) log.update(everybody.filter(({ id }) => id !== self.id));
  });
  const lastLine = lines.at(-1);
  const lastId = lastLine?.id ?? 0;
  useEffect(() => {
    const timer = setTimeout(() => setFaded(lastId), LINE_SHOWN_MS);
    return () => clearTimeout(timer);
  }, [lastId]);
  return (
    <div class="presence">
      <div class="vh" role="log" aria-label="Who comes and goes">
        {lines.map(({ id, words }) => (
          <p key={id}>{words}</p>
        ))}
      </div>
      {lastLine && lastLine.id !== faded && (
        <p class="presence-line" aria-hidden="true">
          {lastLine.words}
        </p>
      )}
    </div>
  );
};
