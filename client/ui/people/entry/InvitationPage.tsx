import type { JSX } from 'preact';
import { useCallback, useEffect, useState } from 'preact/hooks';
import type { InvitationResource } from '../../../../server/protocol/people.ts';
import { RestError } from '../../../core/RestError.ts';
import { Page } from '../../parts/Page.tsx';
import { navigate } from '../../route.ts';
import { failureWords } from '../failureWords.ts';
import { peopleClient } from '../client.ts';
import { me } from '../session.ts';
import { AcceptForm } from './AcceptForm.tsx';
import './entry.css';
import { useInvitationSecret } from './invitationSecret.ts';

type Opened =
  | { readonly state: 'opening' | 'gone' }
  | { readonly state: 'failed'; readonly words: string }
  | { readonly state: 'open'; readonly invitation: InvitationResource };

const open = async (secret: string): Promise<Opened> => {
  try {
    return { state: 'open', invitation: await peopleClient.openInvitation(secret) };
  } catch (error) {
    const gone = error instanceof RestError && error.code === 'not_found';
    return gone ? { state: 'gone' } : { state: 'failed', words: failureWords(error) };
  }
};

const useInvitation = (secret: string | null) => {
  const [opened, setOpened] = useState<Opened>({ state: 'opening' });
  const look = useCallback(() => {
    if (secret === null) {
      setOpened({ state: 'gone' });
      return undefined;
    }
    let over = false;
    setOpened({ state: 'opening' });
    void open(secret).then((now) => (over ? undefined : setOpened(now)));
    return () => {
      over = true;
    };
  }, [secret]);
  useEffect(look, [look]);
  return { opened, look, onGone: () => setOpened({ state: 'gone' }) };
};

const Gone = ({ hadSecret }: { hadSecret: boolean }): JSX.Element =>
  hadSecret ? (
    <Page title="This invitation is no longer good">
      <p class="lead">
        It has been used, was taken back, or is too old. An invitation makes one account; please ask
        whoever sent it for another.
      </p>
      <p class="soft">If it was you who used it, sign in with the name and password you chose.</p>
      <div class="button-row">
        <a class="button primary" href="/signin">
          Sign in
        </a>
      </div>
    </Page>
  ) : (
    <Page title="No invitation here">
      <p class="lead">
        The link of an invitation ends with a long secret behind a #. Please open the whole link
        again, as it was sent to you.
      </p>
    </Page>
  );

export const InvitationPage = (): JSX.Element => {
  const secret = useInvitationSecret();
  const { opened, look, onGone } = useInvitation(secret);
  const user = me();
  if (opened.state === 'gone') return <Gone key={secret} hadSecret={secret !== null} />;
  if (opened.state === 'failed') {
    return (
      <Page title="An invitation">
        <p class="lead">{opened.words}</p>
        <div class="button-row">
          <button type="button" class="button primary" onClick={look}>
            Try again
          </button>
        </div>
      </Page>
    );
  }
  if (secret === null || opened.state !== 'open') {
    return (
      <Page title="An invitation">
        <p class="soft" role="status">
          Opening…
        </p>
      </Page>
    );
  }
  return (
    <Page title="You are invited">
      <p class="lead">
        Choose how you are called here. Then others can call you, and you them, and your recordings
        and calls are in one place.
      </p>
      {user !== null && (
        <p class="notice">
          You are signed in as {user.displayName} now. This makes another account, and signs this
          browser in as that.
        </p>
      )}
      <AcceptForm
        secret={secret}
        invitation={opened.invitation}
        onGone={onGone}
        onAccepted={() => navigate('/')}
      />
    </Page>
  );
};
