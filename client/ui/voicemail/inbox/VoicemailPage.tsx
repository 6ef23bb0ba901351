import type { JSX } from 'preact';
import { ForMembers } from '../../people/ForMembers.tsx';
import './inbox.css';
import { Mailbox } from './Mailbox.tsx';

/** The messages that callers have left for who is signed in. */
export const VoicemailPage = (): JSX.Element => (
  <ForMembers title="Voicemail">{() => <Mailbox key="signed-in" />}</ForMembers>
);
