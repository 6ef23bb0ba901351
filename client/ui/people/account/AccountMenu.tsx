import type { JSX } from 'preact';
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import type { User } from '../../../../server/protocol/people.ts';
import { Avatar } from '../../parts/Avatar.tsx';
import { usePoll } from '../../parts/usePoll.ts';
import { ADMIN_PATH, CALLS_PATH, navigate, RECORDINGS_PATH, SETTINGS_PATH } from '../../route.ts';
import { showToast } from '../../parts/toasts.ts';
import { failureWords } from '../failureWords.ts';
import { notePeople, PRESENCE_WORDS, presenceOf } from '../presences.ts';
import { PresenceDot } from '../PresenceDot.tsx';
import { peopleClient, setMe } from '../session.ts';
import { AvailabilityChoice } from './AvailabilityChoice.tsx';
import { useDisclosure } from './useDisclosure.ts';

/** What others see of oneself may change by what other browsers do. */
const POLL_MS = 20_000;

const linksFor = ({ role }: User): readonly (readonly [path: string, words: string])[] => [
  [CALLS_PATH, 'Calls'],
  [RECORDINGS_PATH, 'Recordings'],
  [SETTINGS_PATH, 'Settings'],
  ...(role === 'admin' ? [[ADMIN_PATH, 'Admin'] as const] : []),
];

const signOut = async (): Promise<void> => {
  try {
    await peopleClient.signOut();
    setMe(null);
    navigate('/');
  } catch (error) {
    showToast(failureWords(error), { kind: 'error' });
  }
};

const useOwnPresence = ({ name, settings: { availability } }: User) => {
  const look = () => {
    // It is seen again in a while.
    peopleClient.presence(name).then(
      (person) => notePeople([person]),
      () => {},
    );
  };
  useEffect(look, [name, availability]);
  usePoll(look, POLL_MS);
  return presenceOf(name);
};

/** Who one is here, how one can be reached, and one's own pages. */
export const AccountMenu = ({ user }: { user: User }): JSX.Element => {
  const [open, setOpen] = useState(false);
  const around = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const id = useId();
  const presence = useOwnPresence(user);
  useDisclosure({ open, around, button, onClose: () => setOpen(false) });
  const words = presence === null ? '' : PRESENCE_WORDS[presence];
  return (
    <div class="account" ref={around}>
      <button
        ref={button}
        type="button"
        class="account-button"
        aria-expanded={open}
        aria-controls={open ? id : undefined}
        onClick={() => setOpen(!open)}
      >
        <span class="account-face">
          <Avatar id={user.id} name={user.displayName} />
          <PresenceDot presence={presence} />
        </span>
        <span class="account-name">{user.displayName}</span>
        {words !== '' && <span class="vh">, {words}</span>}
      </button>
      {open && (
        <div class="account-menu" id={id}>
          <p class="account-who">
            <strong>{user.displayName}</strong>
            <span class="small-print">
              @{user.name}
              {words !== '' && ` · ${words}`}
            </span>
          </p>
          <AvailabilityChoice user={user} />
          <ul>
            {linksFor(user).map(([path, label]) => (
              <li key={path}>
                <a href={path} onClick={() => setOpen(false)}>
                  {label}
                </a>
              </li>
            ))}
          </ul>
          <button type="button" onClick={() => void signOut()}>
            Sign out
          </button>
        </div>
      )}
    </div>
  );
};
