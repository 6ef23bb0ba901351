import type { JSX } from 'preact';
import { Icon } from '../../parts/Icon.tsx';
import { Page } from '../../parts/Page.tsx';
import { navigate } from '../../route.ts';
import { me, openIdProvider } from '../session.ts';
import { thenIn } from '../thenPath.ts';
import './entry.css';
import { SignInForm } from './SignInForm.tsx';

/** Whoever comes back from the provider without being signed in is told so. */
const OpenIdProblem = (): JSX.Element | null => {
  if (new URLSearchParams(location.search).get('problem') !== 'openid') return null;
  const provider = openIdProvider() ?? 'the other server';
  return (
    <p class="notice" role="alert">
      <Icon name="warning" />
      Signing in with {provider} did not work. Please try again; if it happens again, tell whoever
      runs this server.
    </p>
  );
};

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
      <OpenIdProblem />
      <SignInForm then={then} onSignedIn={() => navigate(then)} />
      <p class="small-print entry-note">
        Accounts are made by whoever runs this server: ask them for an invitation. Rooms need no
        account.
      </p>
    </Page>
  );
};
