import type { JSX } from 'preact';
import { LazyScreen } from '../parts/LazyScreen.tsx';
import { assertNever } from '../parts/assertNever.ts';
import type { Route } from '../route.ts';

const entry = () => import('./entry/SignInPage.tsx');
const invitation = () => import('./entry/InvitationPage.tsx');
const calls = () => import('./calls/CallsPage.tsx');
const voicemail = () => import('../voicemail/inbox/VoicemailPage.tsx');
const settings = () => import('./settings/SettingsPage.tsx');
const admin = () => import('./admin/AdminPage.tsx');

export type PeopleRoute = Extract<
  Route,
  { name: 'signIn' | 'invitation' | 'calls' | 'voicemail' | 'settings' | 'admin' }
>;

/** The screens of people, each fetched when somebody comes to see it. */
export const LazyPeople = ({ at }: { at: PeopleRoute }): JSX.Element => {
  switch (at.name) {
    case 'signIn':
      return (
        <LazyScreen key={at.name} title="Sign in" load={entry}>
          {({ SignInPage }) => <SignInPage />}
        </LazyScreen>
      );
    case 'invitation':
      return (
        <LazyScreen key={at.name} title="An invitation" load={invitation}>
          {({ InvitationPage }) => <InvitationPage />}
        </LazyScreen>
      );
    case 'calls':
      return (
        <LazyScreen key={at.name} title="Calls" load={calls}>
          {({ CallsPage }) => <CallsPage />}
        </LazyScreen>
      );
    case 'voicemail':
      return (
        <LazyScreen key={at.name} title="Voicemail" load={voicemail}>
          {({ VoicemailPage }) => <VoicemailPage />}
        </LazyScreen>
      );
    case 'settings':
      return (
        <LazyScreen key={at.name} title="Settings" load={settings}>
          {({ SettingsPage }) => <SettingsPage />}
        </LazyScreen>
      );
    case 'admin':
      return (
        <LazyScreen key={at.name} title="Admin" load={admin}>
          {({ AdminPage }) => <AdminPage />}
        </LazyScreen>
      );
    default:
      return assertNever(at);
  }
};
