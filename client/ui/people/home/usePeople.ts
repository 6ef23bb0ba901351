import { useEffect, useRef, useState } from 'preact/hooks';
import type { Person } from '../../../../server/protocol/people.ts';
import { usePoll } from '../../parts/usePoll.ts';
import { notePeople } from '../presences.ts';
import { peopleClient } from '../client.ts';
import { me } from '../session.ts';

/** A screen of them. */
const PAGE = 20;
/** As many as the server hands out at once: who has more people than that searches. */
const MOST = 100;
/** Of their presence. */
const POLL_MS = 5_000;

interface Found {
  readonly people: readonly Person[];
  readonly state: 'looking' | 'known' | 'failed';
  readonly hasMore: boolean;
}

/** Everybody else here whose name has `q` in it, with how they can be reached. */
export const usePeople = (q: string): Found & { readonly more: () => void } => {
  const [found, setFound] = useState<Found>({ people: [], state: 'looking', hasMore: false });
  const [limit, setLimit] = useState(PAGE);
  const asked = useRef(0);
  const look = async () => {
    const turn = ++asked.current;
    const isCurrent = () => turn === asked.current;
    try {
      const { items, nextCursor } = await peopleClient.people({ limit, ...(q !== '' && { q }) });
      if (!isCurrent()) return;
      notePeople(items);
      const people = items.filter(({ name }) => name !== me()?.name);
      setFound({ people, state: 'known', hasMore: nextCursor !== null && limit < MOST });
    } catch {
      if (isCurrent()) setFound((old) => ({ ...old, state: 'failed' }));
    }
  };
  useEffect(() => {
    void look();
    return () => {
      asked.current++;
    };
  }, [q, limit]);
  usePoll(() => void look(), POLL_MS);
  return { ...found, more: () => setLimit(MOST) };
};
