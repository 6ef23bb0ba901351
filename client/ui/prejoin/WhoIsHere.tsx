import type { JSX } from 'preact';
import type { RoomNews } from './useRoomNews.ts';

const wordsFor = (news: RoomNews): string => {
  if (news.name === 'unknown') return ' ';
  const people = news.name === 'new' ? 0 : news.room.participantCount;
  if (people === 0) return 'Nobody is here yet.';
  return people === 1 ? 'One person is inside.' : `${people} people are inside.`;
};

/** How many are inside already, as far as the server tells. */
export const WhoIsHere = ({ news }: { news: RoomNews }): JSX.Element => (
  <p class="who-is-here" role="status">
    {wordsFor(news)}
    {news.name === 'there' && news.room.locked && ' The room is locked; only its host can come in.'}
  </p>
);
