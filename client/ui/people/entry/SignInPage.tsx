import type { JSX } from 'preact';
import { Icon } from '../../parts/Icon.tsx';
import { Page } from '../../parts/Page.tsx';
import { navigate } from '../../route.ts';
import { me } from '../session.ts';
import { thenIn } from '../thenPath.ts';
import './entry.css';
import { SignInForm } from './SignInForm.tsx';

/** From the provider of OpenID Connect. */
const cameBackInVain = (): boolean => new URLSearchParams(location.search).has('problem');

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
      {cameBackInVain() && (
        <p class="notice" role="alert">
          <Icon name="warning" />
          Signing in at the other server did not work, or took too long. Please try again, or use a
          password.
        </p>
      )}
      <SignInForm then={then} onSignedIn={() => navigate(then)} />
      <p class="small-print entry-note">
        Accounts are made by whoever runs this server: ask them for an invitation. Rooms need no
        account.
      </p>
    </Page>
  );
};
