import type { JSX } from 'preact';
import type { User } from '../../../../server/protocol/people.ts';
import { Page } from '../../parts/Page.tsx';
import { useKeepFocus } from '../../parts/useKeepFocus.ts';
import { ForMembers } from '../ForMembers.tsx';
import '../pages.css';
import { InvitationsPart } from './InvitationsPart.tsx';
import { UsersPart } from './UsersPart.tsx';
import { WebhooksPart } from './WebhooksPart.tsx';

const Admin = ({ user }: { user: User }): JSX.Element => {
  useKeepFocus();
  return (
    <Page title="Admin" wide>
      <div class="pp-parts">
        <InvitationsPart />
        <UsersPart own={user} />
        <WebhooksPart />
      </div>
    </Page>
  );
};

export const AdminPage = (): JSX.Element => (
  <ForMembers title="Admin">
    {(user) =>
      user.role === 'admin' ? (
        <Admin key={user.id} user={user} />
      ) : (
        <Page key="member" title="Admin">
          <p class="lead">This page is for administrators; your account is not one of theirs.</p>
          <div class="button-row">
            <a class="button primary" href="/">
              Home
            </a>
          </div>
        </Page>
      )
    }
  </ForMembers>
);
