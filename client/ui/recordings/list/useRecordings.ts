import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { RestError } from '../../../core/RestError.ts';
import { recordingsClient } from '../client.ts';
import { allOpeners, noteOpener } from '../openers.ts';
import { isOpen } from '../recordingWords.ts';
import { usePoll } from '../../parts/usePoll.ts';
import { MergedRecordings, type Owned } from './MergedRecordings.ts';

/** Rows that fill a screen or two. */
const PAGE = 20;
/** Of recordings that still run or are being made. */
const POLL_MS = 4_000;

interface Found {
  readonly rows: readonly Owned[];
  readonly state: 'looking' | 'known' | 'failed';
  readonly hasMore: boolean;
}

const merged = (q: string): MergedRecordings =>
  new MergedRecordings(allOpeners(), async (bearer, cursor) => {
    try {
      const wanted = { q: q === '' ? undefined : q, cursor, limit: PAGE };
      return await recordingsClient.list(bearer, wanted);
    } catch (error) {
      // Whoever was signed in here is so no more.
      if (isSignedOut(error)) return { items: [], nextCursor: null };
      throw error;
    }
  });

const isSignedOut = (error: unknown): boolean =>
  error instanceof RestError && error.code === 'unauthorized';

/** All recordings that this browser may see, and what `q` finds among them. */
export const useRecordings = (q: string): Found & { more: () => void } => {
  const [found, setFound] = useState<Found>({ rows: [], state: 'looking', hasMore: false });
  const list = useRef<MergedRecordings | null>(null);

  const load = useCallback(async (from: MergedRecordings, before: readonly Owned[]) => {
    const isCurrent = () => list.current === from;
    try {
      const next = await from.more(PAGE);
      for (const { recording, bearer } of next) noteOpener(recording.id, bearer);
      const rows = [...before, ...next];
      if (isCurrent()) setFound({ rows, state: 'known', hasMore: from.hasMore });
    } catch {
      if (isCurrent()) setFound({ rows: before, state: 'failed', hasMore: true });
    }
  }, []);

  useEffect(() => {
    const fresh = merged(q);
    list.current = fresh;
    setFound((old) => ({ ...old, state: 'looking' }));
    void load(fresh, []);
    return () => {
      list.current = null;
    };
  }, [q, load]);

  const refresh = async () => {
    const open = found.rows.filter(({ recording }) => isOpen(recording));
    const news = await Promise.all(
      open.map(({ recording: { id }, bearer }) =>
        recordingsClient.get(id, bearer).catch(() => null),
      ),
    );
    const byId = new Map(news.flatMap((one) => (one === null ? [] : [[one.id, one] as const])));
    setFound((old) => ({
      ...old,
      rows: old.rows.map((row) => ({
        ...row,
        recording: byId.get(row.recording.id) ?? row.recording,
      })),
    }));
  };
  usePoll(
    () => void refresh(),
    found.rows.some(({ recording }) => isOpen(recording)) ? POLL_MS : null,
  );

  const more = () => {
    if (list.current === null || found.state === 'looking') return;
    setFound({ ...found, state: 'looking' });
    void load(list.current, found.rows);
  };
  return { ...found, more };
};
