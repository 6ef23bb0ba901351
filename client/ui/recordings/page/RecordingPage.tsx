import type { JSX } from 'preact';
import type { RecordingId } from '../../../../server/protocol/ids.ts';
import { Page } from '../../parts/Page.tsx';
import '../recordings.css';
import './page.css';
import '../player/player.css';
import { LockedPage } from './LockedPage.tsx';
import { OpenRecording } from './OpenRecording.tsx';
import { useRecording } from './useRecording.ts';

const CLOSED = {
  missing: [
    'There is no such recording here',
    'It was deleted, or its room was started in another browser. Whoever started the room can send you a link.',
  ],
  expired: [
    'This link is no longer good',
    'It has run out, or was taken back. Ask whoever sent it to you for a new one.',
  ],
  unreachable: ['The server could not be reached', 'Check your connection, then try again.'],
} as const;

export const RecordingPage = ({ id }: { id: RecordingId }): JSX.Element => {
  const { opened, open, unlock, put, refresh } = useRecording(id);
  if (opened.state === 'looking') {
    return (
      <p class="page soft" role="status">
        Opening…
      </p>
    );
  }
  if (opened.state === 'open') {
    const { recording, access } = opened;
    return <OpenRecording recording={recording} access={access} onChange={put} onStale={refresh} />;
  }
  if (opened.state === 'locked') {
    return <LockedPage onPassword={(password) => unlock(opened.secret, password)} />;
  }
  const [title, words] = CLOSED[opened.state];
  return (
    <Page title={title}>
      <p class="lead">{words}</p>
      {opened.state === 'unreachable' && (
        <div class="button-row">
          <button type="button" class="button primary" onClick={() => void open()}>
            Try again
          </button>
        </div>
      )}
    </Page>
  );
};
