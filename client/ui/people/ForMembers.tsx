import type { JSX } from 'preact';
import type { User } from '../../../server/protocol/people.ts';
import { Page } from '../parts/Page.tsx';
import './entry/entry.css';
import { SignInForm } from './entry/SignInForm.tsx';
import { isSessionKnown, me } from './session.ts';

/** A page of somebody who is signed in; others can do so right there. */
export const ForMembers = ({
  title,
  children,
}: {
  title: string;
  children: (user: User) => JSX.Element;
}): JSX.Element => {
  const user = me();
  if (user !== null) return children(user);
  if (!isSessionKnown()) {
    return (
      <p class="page soft" role="status">
        Opening…
      </p>
    );
  }
  return (
    <Page key="signed-out" title={title}>
      <p class="lead">This page is for whoever is signed in.</p>
      <SignInForm then={location.pathname + location.search} onSignedIn={() => {}} />
    </Page>
  );
};
