import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { RoomResource } from '../../../server/protocol/rest.ts';
import { RestClient } from '../../core/RestClient.ts';
import { Icon } from '../parts/Icon.tsx';
import { roomPath } from '../route.ts';

const POLL_MS = 5000;

type Rooms = readonly RoomResource[] | 'loading' | 'failed';

const useRooms = (): Rooms => {
  const [rooms, setRooms] = useState<Rooms>('loading');
  useEffect(() => {
    const rest = new RestClient();
    let over = false;
    const look = async () => {
      if (document.visibilityState === 'hidden') return;
      try {
        const { items } = await rest.listRooms();
        if (!over) setRooms(items);
      } catch {
        if (!over) setRooms((old) => (old === 'loading' ? 'failed' : old));
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
  }, []);
  return rooms;
};

const headCount = (people: number): string => {
  if (people === 0) return 'Nobody inside';
  return people === 1 ? '1 person inside' : `${people} people inside`;
};

const RoomRow = ({ room }: { room: RoomResource }): JSX.Element => (
  <li class="room-row">
    <span class="room-words">
      <span class="room-name">{room.name}</span>
      <span class="small-print">
        {headCount(room.participantCount)}
        {room.locked ? ' · locked' : ''}
      </span>
    </span>
    <a class="button small" href={roomPath(room.name)} aria-label={`Join ${room.name}`}>
      Join
      <Icon name="arrow" />
    </a>
  </li>
);

const Rows = ({ rooms }: { rooms: Rooms }): JSX.Element => {
  if (rooms === 'loading') return <p class="soft">Looking for open rooms…</p>;
  if (rooms === 'failed') {
    return <p class="soft">The server does not answer. This page keeps trying.</p>;
  }
  if (rooms.length === 0) {
    return (
      <p class="soft">
        No room is listed now. Rooms stay off this page unless whoever started them lists them.
      </p>
    );
  }
  return (
    <ul class="rooms">
      {rooms.map((room) => (
        <RoomRow key={room.id} room={room} />
      ))}
    </ul>
  );
};

export const PublicRooms = (): JSX.Element => {
  const rooms = useRooms();
  return (
    <section class="public-rooms" aria-labelledby="public-rooms">
      <h2 id="public-rooms">Open rooms</h2>
      <Rows rooms={rooms} />
    </section>
  );
};
