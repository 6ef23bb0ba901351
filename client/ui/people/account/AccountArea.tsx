import type { JSX } from 'preact';
import './account.css';
import { RECORDINGS_PATH, route } from '../../route.ts';
import { isProbablySignedIn, isSessionKnown, me } from '../session.ts';
import { signInPath } from '../thenPath.ts';
import { AccountMenu } from './AccountMenu.tsx';

/** At the end of the header: other pages, and who is signed in. */
export const AccountArea = (): JSX.Element => {
  const user = me();
  return (
    <nav class="page-nav" aria-label="Roomtone" data-signed-in={isProbablySignedIn()}>
      <a class="page-link" href={RECORDINGS_PATH}>
        Recordings
      </a>
      {user !== null && <AccountMenu user={user} />}
      {user === null && isSessionKnown() && route.get().name !== 'signIn' && (
        <a
          class="page-link"
          href={signInPath(location.pathname + location.search, location.origin)}
        >
          Sign in
        </a>
      )}
    </nav>
  );
};
