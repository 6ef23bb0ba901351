import { useCallback, useEffect, useState } from 'preact/hooks';
import type { RecordingId } from '../../../../server/protocol/ids.ts';
import type { RecordingResource } from '../../../../server/protocol/recordings.ts';
import { openLocked, openRecording, reopen, type Opened } from '../access.ts';
import { isOpen } from '../recordingWords.ts';
import { usePoll } from '../../parts/usePoll.ts';

/** Files are made in seconds; a call takes its time. */
const PREPARING_MS = 2_000;
const RUNNING_MS = 8_000;

const pollMs = ({ state, ...opened }: Opened | { state: 'looking' }): number | null => {
  if (state !== 'open' || !('recording' in opened) || !isOpen(opened.recording)) return null;
  const running = ['recording', 'paused'].includes(opened.recording.state);
  return running ? RUNNING_MS : PREPARING_MS;
};

/** A recording as it comes along. `put` is for news that came by another way. */
export const useRecording = (id: RecordingId) => {
  const [opened, setOpened] = useState<Opened | { state: 'looking' }>({ state: 'looking' });

  const open = useCallback(async () => {
    setOpened({ state: 'looking' });
    setOpened(await openRecording(id, location.hash));
  }, [id]);
  useEffect(() => {
    void open();
    // Another link to the same recording.
    const again = () => void open();
    addEventListener('hashchange', again);
    return () => removeEventListener('hashchange', again);
  }, [open]);

  const unlock = useCallback(
    async (secret: string, password: string) => {
      setOpened(await openLocked(id, secret, password));
    },
    [id],
  );

  const put = useCallback((recording: RecordingResource) => {
    setOpened((old) => (old.state === 'open' ? { ...old, recording } : old));
  }, []);

  const access = opened.state === 'open' ? opened.access : null;
  const refresh = useCallback(async () => {
    if (access === null) return;
    // What cannot be had now may be had the next time.
    const recording = await reopen(id, access).catch(() => null);
    if (recording !== null) put(recording);
  }, [id, access, put]);
  usePoll(() => void refresh(), pollMs(opened));

  return { opened, open, unlock, put, refresh };
};
