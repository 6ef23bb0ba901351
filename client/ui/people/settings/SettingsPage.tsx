import type { JSX } from 'preact';
import type { User } from '../../../../server/protocol/people.ts';
import { Page } from '../../parts/Page.tsx';
import { useKeepFocus } from '../../parts/useKeepFocus.ts';
import { ForMembers } from '../ForMembers.tsx';
import { GreetingsPart } from '../greetings/GreetingsPart.tsx';
import '../pages.css';
import { CallPlanParts } from '../rules/CallPlanParts.tsx';
import { MailboxPart } from './MailboxPart.tsx';
import { NoticesPart } from './NoticesPart.tsx';
import { PasswordPart } from './PasswordPart.tsx';
import { ProfilePart } from './ProfilePart.tsx';
import { canMail } from '../session.ts';
import { ReachPart } from './ReachPart.tsx';
import './settings.css';
import { SignInsPart } from './SignInsPart.tsx';

const Settings = ({ user }: { user: User }): JSX.Element => {
  useKeepFocus();
  return (
    <Page title="Settings">
      <div class="pp-parts">
        <ProfilePart user={user} />
        <ReachPart user={user} />
        {canMail() && <NoticesPart user={user} />}
        <GreetingsPart />
        <MailboxPart user={user} />
        <CallPlanParts user={user} />
        <PasswordPart user={user} />
        <SignInsPart />
      </div>
    </Page>
  );
};

export const SettingsPage = (): JSX.Element => (
  <ForMembers title="Settings">{(user) => <Settings key={user.id} user={user} />}</ForMembers>
);
