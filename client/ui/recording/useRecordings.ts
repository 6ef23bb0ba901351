import { useEffect, useState } from 'preact/hooks';
import type { RecordingResource } from '../../../server/protocol/recordings.ts';
import type { RecordingsClient } from '../../core/RecordingsClient.ts';
import { RestError } from '../../core/RestError.ts';

/** Files are made in seconds; a call that goes on without us takes its time. */
const PREPARING_MS = 2000;
const RUNNING_MS = 10_000;
/** More recordings than one room has in one call. */
const NEWEST = 20;

const isDone = ({ state }: RecordingResource): boolean => state === 'ready' || state === 'failed';
const isRunning = ({ state }: RecordingResource): boolean =>
  state === 'recording' || state === 'paused';

export interface Found {
  readonly recordings: readonly RecordingResource[];
  readonly state: 'looking' | 'known' | 'unreachable' | 'refused';
}

interface Wanted {
  readonly rest: RecordingsClient;
  readonly room: string;
  readonly ids: ReadonlySet<string>;
  readonly bearer: string;
}

const find = async ({ rest, room, ids, bearer }: Wanted): Promise<Found> => {
  try {
    const { items } = await rest.list(bearer, { room, limit: NEWEST });
    return { recordings: items.filter(({ id }) => ids.has(id)), state: 'known' };
  } catch (error) {
    const passing = error instanceof RestError && (error.code === 'offline' || error.status >= 429);
    return { recordings: [], state: passing ? 'unreachable' : 'refused' };
  }
};

/** Null: there is nothing to wait for. */
const nextLookMs = ({ recordings, state }: Found): number | null => {
  if (state === 'refused') return null;
  if (state === 'unreachable') return RUNNING_MS;
  const open = recordings.filter((recording) => !isDone(recording));
  if (open.length === 0) return null;
  return open.every(isRunning) ? RUNNING_MS : PREPARING_MS;
};

/** These recordings as they come along, until all of them are files. */
export const useRecordings = ({ rest, room, ids, bearer }: Wanted): Found => {
  const [found, setFound] = useState<Found>({ recordings: [], state: 'looking' });
  useEffect(() => {
    let over = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const look = async () => {
      const now = await find({ rest, room, ids, bearer });
      if (over) return;
      setFound((old) =>
        now.state === 'unreachable' ? { recordings: old.recordings, state: now.state } : now,
      );
      const waitMs = nextLookMs(now);
      if (waitMs !== null) timer = setTimeout(() => void look(), waitMs);
    };
    void look();
    return () => {
      over = true;
      clearTimeout(timer);
    };
  }, [rest, room, ids, bearer]);
  return found;
};
