import type { ComponentChildren, JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { Icon } from '../parts/Icon.tsx';
import { useCall } from './context.ts';
import { MutedHint } from './MutedHint.tsx';
import { PresenceAnnouncer } from './PresenceAnnouncer.tsx';

const Reconnecting = (): JSX.Element => {
  const { store } = useCall();
  const away = store.phase.value.name === 'reconnecting';
  return (
    <div class="notice-slot" role="status">
      {away && (
        <p class="bar warn">
          <Icon name="weak" />
          <span>
            <strong>Reconnecting…</strong> The connection was lost; you stay in the room.
          </span>
        </p>
      )}
    </div>
  );
};

const Presenting = (): JSX.Element | null => {
  const call = useCall();
  if (!call.sharing.value) return null;
  return (
    <div class="bar accent">
      <Icon name="screen" />
      <span>You are presenting</span>
      <button type="button" class="button small" onClick={() => call.toggleScreen()}>
        Stop presenting
      </button>
    </div>
  );
};

const SoundBlocked = (): JSX.Element | null => {
  const { audio } = useCall();
  if (!audio.blocked.value) return null;
  return (
    <div class="bar accent">
      <Icon name="speaker" />
      <span>The browser holds the sound back.</span>
      <button type="button" class="button small" onClick={() => audio.unblock()}>
        Tap to hear
      </button>
    </div>
  );
};

/** Whoever started a room by typing its name is told, once, that others may guess it. */
const GuessableName = (): JSX.Element | null => {
  const call = useCall();
  const [seen, setSeen] = useState(false);
  const room = call.store.room.value;
  const started = call.store.self.value?.ownerSecret !== undefined;
  const locked = room?.locked === true;
  useEffect(() => {
    if (locked) setSeen(true);
  }, [locked]);
  if (!started || seen || room === null) return null;
  return (
    <div class="bar">
      <Icon name="lock" />
      <span>You started this room, and others may guess its name.</span>
      <div class="bar-actions">
        <button
          type="button"
          class="button small"
          onClick={() => {
            setSeen(true);
            call.updateRoom({ locked: true });
          }}
        >
          Lock
        </button>
        <button type="button" class="button quiet small" onClick={() => setSeen(true)}>
          Keep it open
        </button>
      </div>
    </div>
  );
};

/** What stays until something is done about it takes its own place. */
export const Notices = ({ children }: { children?: ComponentChildren }): JSX.Element => (
  <div class="notices">
    {children}
    <Presenting />
    <SoundBlocked />
    <GuessableName />
  </div>
);

/** What passes by itself lies over the tiles, so that they do not jump. */
export const PassingNotices = (): JSX.Element => (
  <div class="floating">
    <Reconnecting />
    <MutedHint />
    <PresenceAnnouncer />
  </div>
);
