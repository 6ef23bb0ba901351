import { useEffect, useRef, useState } from 'preact/hooks';
import type { Person } from '../../../../server/protocol/people.ts';
import { usePoll } from '../../parts/usePoll.ts';
import { notePeople } from '../presences.ts';
import { me, peopleClient } from '../session.ts';

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
  const look = () => {
    const turn = ++asked.current;
    peopleClient.people({ limit, ...(q !== '' && { q }) }).then(
      ({ items, nextCursor }) => {
        if (turn !== asked.current) return;
        notePeople(items);
        const people = items.filter(({ name }) => name !== me()?.name);
        setFound({ people, state: 'known', hasMore: nextCursor !== null && limit < MOST });
      },
      () => {
        if (turn === asked.current) setFound((old) => ({ ...old, state: 'failed' }));
      },
    );
  };
  useEffect(() => {
    look();
    return () => {
      asked.current++;
    };
  }, [q, limit]);
  usePoll(look, POLL_MS);
  return { ...found, more: () => setLimit(MOST) };
};
