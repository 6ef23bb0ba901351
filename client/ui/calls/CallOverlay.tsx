import type { JSX } from 'preact';
import './calls.css';
import { LiveHost } from '../voicemail/live/LiveHost.tsx';
import { centre } from './centre.ts';
import { Elsewhere } from './Elsewhere.tsx';
import { IncomingCall } from './IncomingCall.tsx';

/** What calls show on every page. */
export const CallOverlay = (): JSX.Element => {
  const [first] = centre.incoming.value;
  return (
    <>
      {first && <IncomingCall key={first.id} call={first} />}
      <Elsewhere />
      <LiveHost />
    </>
  );
};
