import type { JSX } from 'preact';
import type { User } from '../../../../server/protocol/people.ts';
import {
  ADMIN_PATH,
  CALLS_PATH,
  navigate,
  RECORDINGS_PATH,
  SETTINGS_PATH,
  VOICEMAIL_PATH,
} from '../../route.ts';
import { newWords, waiting } from '../../voicemail/waiting.ts';
import { showToast } from '../../parts/toasts.ts';
import { peopleClient } from '../client.ts';
import { failureWords } from '../failureWords.ts';
import { setMe } from '../session.ts';
import { AvailabilityChoice } from './AvailabilityChoice.tsx';
import { missedWords } from './missedWords.ts';
import './panel.css';

const linksFor = ({ role }: User): readonly (readonly [path: string, words: string])[] => [
  [CALLS_PATH, 'Calls'],
  [VOICEMAIL_PATH, 'Voicemail'],
  [RECORDINGS_PATH, 'Recordings'],
  [SETTINGS_PATH, 'Settings'],
  ...(role === 'admin' ? [[ADMIN_PATH, 'Admin'] as const] : []),
];

const NewMessages = (): JSX.Element | null => {
  const count = waiting.value?.new ?? 0;
  return count === 0 ? null : <span class="small-print"> · {newWords(count)}</span>;
};

const signOut = async (): Promise<void> => {
  try {
    await peopleClient.signOut();
    setMe(null);
    navigate('/');
  } catch (error) {
    showToast(failureWords(error), { kind: 'error' });
  }
};

/** Who one is here, how one can be reached, and one's own pages. */
export const AccountPanel = ({
  user,
  presence,
  missed,
  onLeave,
}: {
  user: User;
  /** In words. */
  presence: string;
  /** Calls that one does not know of yet. */
  missed: number;
  onLeave: () => void;
}): JSX.Element => (
  <div class="account-panel">
    <p class="account-who">
      <strong>{user.displayName}</strong>
      <span class="small-print">
        @{user.name}
        {presence !== '' && ` · ${presence}`}
      </span>
    </p>
    <AvailabilityChoice user={user} />
    <ul>
      {linksFor(user).map(([path, label]) => (
        <li key={path}>
          <a href={path} onClick={onLeave}>
            {label}
            {path === VOICEMAIL_PATH && <NewMessages />}
            {path === CALLS_PATH && missed > 0 && (
              <span class="small-print"> · {missedWords(missed)}</span>
            )}
          </a>
        </li>
      ))}
    </ul>
    <button type="button" onClick={() => void signOut()}>
      Sign out
    </button>
  </div>
);
