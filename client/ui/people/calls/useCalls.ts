import { useEffect, useRef, useState } from 'preact/hooks';
import type { CallPage, CallResource } from '../../../../server/protocol/calls.ts';
import { showToast } from '../../parts/toasts.ts';
import { usePoll } from '../../parts/usePoll.ts';
import { failureWords } from '../failureWords.ts';
import { peopleClient } from '../client.ts';
import { mergedCalls } from './mergedCalls.ts';

/** A screen or two. */
const PAGE = 30;
/** Of what is new. */
const POLL_MS = 10_000;

interface Found {
  readonly calls: readonly CallResource[];
  readonly state: 'looking' | 'known' | 'failed';
  readonly cursor: string | null;
}

const NOTHING: Found = { calls: [], state: 'looking', cursor: null };

/** What was missed and is looked at now stays marked while one is on the page. */
const useUnseen = (calls: readonly CallResource[]): ReadonlySet<string> => {
  const [unseen, setUnseen] = useState<ReadonlySet<string>>(new Set());
  useEffect(() => {
    const found = calls.filter(({ id, missed, seen }) => missed && !seen && !unseen.has(id));
    if (found.length === 0) return;
    setUnseen(new Set([...unseen, ...found.map(({ id }) => id)]));
    // They are still new the next time, then.
    peopleClient.seeCalls().catch(() => {});
  }, [calls]);
  return unseen;
};

/** One's calls, the newest first. */
export const useCalls = (missed: boolean) => {
  const [found, setFound] = useState<Found>(NOTHING);
  const asked = useRef(0);
  const ask = async (cursor: string | null, take: (old: Found, page: CallPage) => Found) => {
    const turn = asked.current;
    const isCurrent = () => turn === asked.current;
    const wanted = { limit: PAGE, ...(missed && { missed }), ...(cursor !== null && { cursor }) };
    try {
      const page = await peopleClient.calls(wanted);
      if (isCurrent()) setFound((old) => take(old, page));
    } catch {
      if (isCurrent()) setFound((old) => ({ ...old, state: 'failed' }));
    }
  };
  const look = () =>
    void ask(null, (old, { items, nextCursor }) => ({
      calls: mergedCalls(old.calls, items),
      state: 'known',
      cursor: old.calls.length === 0 ? nextCursor : old.cursor,
    }));
  useEffect(() => {
    setFound(NOTHING);
    look();
    return () => {
      asked.current++;
    };
  }, [missed]);
  usePoll(look, POLL_MS);
  const more = () =>
    void ask(found.cursor, (old, { items, nextCursor }) => ({
      calls: mergedCalls(old.calls, items),
      state: 'known',
      cursor: nextCursor,
    }));
  const remove = async ({ id }: CallResource) => {
    try {
      await peopleClient.removeCall(id);
      asked.current++;
      setFound((old) => ({ ...old, calls: old.calls.filter((call) => call.id !== id) }));
    } catch (error) {
      showToast(failureWords(error), { kind: 'error' });
    }
  };
  return { ...found, unseen: useUnseen(found.calls), more, remove };
};
