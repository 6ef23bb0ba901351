import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { RestClient } from '../../core/RestClient.ts';
import { RestError } from '../../core/RestError.ts';

const POLL_MS = 10_000;

type Known =
  { name: 'unknown' } | { name: 'new' } | { name: 'there'; people: number; locked: boolean };

const wordsFor = (known: Known): string => {
  if (known.name === 'unknown') return ' ';
  if (known.name === 'new' || known.people === 0) return 'Nobody is here yet.';
  return known.people === 1 ? 'One person is inside.' : `${known.people} people are inside.`;
};

/** How many are inside already, as far as the server tells. */
export const WhoIsHere = ({ room }: { room: string }): JSX.Element => {
  const [known, setKnown] = useState<Known>({ name: 'unknown' });
  useEffect(() => {
    const rest = new RestClient();
    let over = false;
    const look = async () => {
      if (document.visibilityState === 'hidden') return;
      try {
        const found = await rest.getRoom(room);
        if (over) return;
        setKnown({ name: 'there', people: found.participantCount, locked: found.locked });
      } catch (error) {
        const absent = error instanceof RestError && error.code === 'not_found';
        if (!over) setKnown(absent ? { name: 'new' } : { name: 'unknown' });
      }
    };
    void look();
    const timer = setInterval(() => void look(), POLL_MS);
    return () => {
      over = true;
      clearInterval(timer);
    };
  }, [room]);
  return (
    <p class="who-is-here" role="status">
      {wordsFor(known)}
      {known.name === 'there' && known.locked && ' The room is locked; only its host can come in.'}
    </p>
  );
};
