import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import './home.css';
import { keepOwnerSecret } from '../../core/ownerSecrets.ts';
import { RestClient } from '../../core/RestClient.ts';
import { Icon } from '../parts/Icon.tsx';
import { Page } from '../parts/Page.tsx';
import { showToast } from '../parts/toasts.ts';
import { CallField } from '../people/home/CallField.tsx';
import { LazyPeopleSection } from '../people/home/LazyPeopleSection.tsx';
import { isProbablySignedIn, me } from '../people/session.ts';
import { navigate, roomPath } from '../route.ts';
import { PublicRooms } from './PublicRooms.tsx';
import { RoomField } from './RoomField.tsx';
import { Wave } from './Wave.tsx';

const NewRoom = (): JSX.Element => {
  const [busy, setBusy] = useState(false);
  const start = async () => {
    if (busy) return;
    setBusy(true);
    try {
      const room = await new RestClient().createRoom();
      keepOwnerSecret(room.name, room.ownerSecret);
      navigate(roomPath(room.name));
    } catch {
      showToast('The room could not be started. Please try again in a moment.', { kind: 'error' });
    } finally {
      setBusy(false);
    }
  };
  return (
    <section class="card new-room" aria-labelledby="new-room">
      <h2 id="new-room">Start a room</h2>
      <p class="soft">You get a link nobody can guess. Send it to whoever should come.</p>
      <button type="button" class="button primary" aria-busy={busy} onClick={() => void start()}>
        <Icon name="plus" />
        New room
      </button>
    </section>
  );
};

export const Home = (): JSX.Element => (
  <Page title="Roomtone" heading="Meet by link, on your own server." wide>
    <Wave />
    <p class="lead">
      Roomtone is a place to talk face to face: open a room, send its link, and everybody is in.
      Nothing to install, no account needed.
    </p>
    <div class="ways-in">
      <NewRoom />
      <section class="card" aria-labelledby="known-room">
        <h2 id="known-room">Go to a room</h2>
        <RoomField />
      </section>
      {!isProbablySignedIn() && <CallField />}
    </div>
    {me() !== null && <LazyPeopleSection />}
    <PublicRooms />
  </Page>
);
