import { useEffect, useState } from 'preact/hooks';
import type { RoomResource } from '../../../server/protocol/rest.ts';
import { RestClient } from '../../core/RestClient.ts';
import { RestError } from '../../core/RestError.ts';

/** Sooner finds out earlier who came and whether they record; each look costs the server a request. */
const POLL_MS = 10_000;

export type RoomNews =
  { name: 'unknown' } | { name: 'new' } | { name: 'there'; room: RoomResource };

/** What the server tells of a room to those outside, kept fresh while the page is looked at. */
export const useRoomNews = (room: string): RoomNews => {
  const [news, setNews] = useState<RoomNews>({ name: 'unknown' });
  useEffect(() => {
    const rest = new RestClient();
    let over = false;
    const look = async () => {
      if (document.visibilityState === 'hidden') return;
      try {
        const found = await rest.getRoom(room);
        if (!over) setNews({ name: 'there', room: found });
      } catch (error) {
        const absent = error instanceof RestError && error.code === 'not_found';
        if (!over) setNews(absent ? { name: 'new' } : { name: 'unknown' });
      }
    };
    const lookNow = () => void look();
    lookNow();
    const timer = setInterval(lookNow, POLL_MS);
    document.addEventListener('visibilitychange', lookNow);
    return () => {
      over = true;
      clearInterval(timer);
      document.removeEventListener('visibilitychange', lookNow);
    };
  }, [room]);
  return news;
};
