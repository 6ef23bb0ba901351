import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import '../prejoin/prejoin.css';
import type { Person } from '../../../server/protocol/people.ts';
import { RestError } from '../../core/RestError.ts';
import { DevicePickers } from '../media/DevicePickers.tsx';
import { DeviceProblems } from '../media/DeviceProblems.tsx';
import { copyText } from '../parts/copyText.ts';
import { Page } from '../parts/Page.tsx';
import { notePeople, presenceOf } from '../people/presences.ts';
import { isSessionKnown, me, sessionClient } from '../people/session.ts';
import { Preview } from '../prejoin/Preview.tsx';
import { CallForm } from './CallForm.tsx';
import { centre } from './centre.ts';
import { preloadInCall } from './loadInCall.ts';

/** `unknown`: not asked, or not told. */
type Callee = Person | 'unknown' | 'nobody';

/** Who is signed in may know who somebody is; to others a name is a name. */
const useCallee = (user: string, signedIn: boolean): Callee => {
  const [callee, setCallee] = useState<Callee>('unknown');
  useEffect(() => {
    let over = false;
    setCallee('unknown');
    if (!signedIn) return undefined;
    const look = async (): Promise<Callee> => {
      try {
        const person = await sessionClient.presence(user);
        notePeople([person]);
        return person;
      } catch (error) {
        return error instanceof RestError && error.code === 'not_found' ? 'nobody' : 'unknown';
      }
    };
    void look().then((now) => !over && setCallee(now));
    return () => {
      over = true;
    };
  }, [user, signedIn]);
  return callee;
};

const useDevices = (): void => {
  useEffect(() => {
    centre.media.start();
    return () => centre.closeMedia();
  }, []);
};

/** The page that others open to call one. */
const OwnPage = (): JSX.Element => (
  <Page title="This is where others call you">
    <p class="lead">Whoever opens this address can call you, with an account or without.</p>
    <div class="button-row">
      <button
        type="button"
        class="button primary"
        onClick={() => void copyText(location.href, 'Link copied.')}
      >
        Copy link
      </button>
    </div>
  </Page>
);

const Nobody = ({ user }: { user: string }): JSX.Element => (
  <Page title="Nobody is called that">
    <p class="lead">There is no account of the name {user} on this server. Is the name right?</p>
  </Page>
);

const BeforeCall = ({ user }: { user: string }): JSX.Element => {
  const callee = useCallee(user, me() !== null);
  useDevices();
  useEffect(preloadInCall, []);
  if (callee === 'nobody') return <Nobody user={user} />;
  const known = callee === 'unknown' ? null : callee;
  const name = known?.displayName ?? user;
  const { media } = centre;
  return (
    <Page title={`Call ${name}`} wide nav={me() !== null}>
      <div class="prejoin">
        <div class="prejoin-picture">
          <Preview media={media} name={me()?.displayName ?? ''} />
          <DeviceProblems media={media} />
        </div>
        <div class="prejoin-entry">
          <CallForm user={user} name={name} presence={known && presenceOf(known.name)} />
          <DevicePickers media={media} />
        </div>
      </div>
    </Page>
  );
};

/** Calls somebody: who it is, one's own devices, and the button. */
export const CallPage = ({ user }: { user: string }): JSX.Element => {
  if (!isSessionKnown()) {
    return (
      <p class="page soft" role="status">
        Opening…
      </p>
    );
  }
  return me()?.name === user.toLowerCase() ? <OwnPage /> : <BeforeCall user={user} />;
};
