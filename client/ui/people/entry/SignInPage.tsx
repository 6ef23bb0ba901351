import type { JSX } from 'preact';
import { Page } from '../../parts/Page.tsx';
import { navigate } from '../../route.ts';
import { me } from '../session.ts';
import { thenIn } from '../thenPath.ts';
import './entry.css';
import { SignInForm } from './SignInForm.tsx';

export const SignInPage = (): JSX.Element => {
  const then = thenIn(location.search, location.origin);
  const user = me();
  if (user !== null) {
    return (
      <Page title="You are signed in">
        <p class="lead">
          As <strong>{user.displayName}</strong>. To be somebody else here, sign out first: the menu
          behind your name has a button for it.
        </p>
        <div class="button-row">
          <a class="button primary" href={then}>
            Go on
          </a>
        </div>
      </Page>
    );
  }
  return (
    <Page title="Sign in">
      <SignInForm then={then} onSignedIn={() => navigate(then)} />
      <p class="small-print entry-note">
        Accounts are made by whoever runs this server: ask them for an invitation. Rooms need no
        account.
      </p>
    </Page>
  );
};
