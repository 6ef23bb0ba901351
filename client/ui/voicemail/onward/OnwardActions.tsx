import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { Voicemail } from '../../../../server/protocol/voicemail.ts';
import { centre } from '../../calls/centre.ts';
import { Icon } from '../../parts/Icon.tsx';
import { ForwardDialog } from './ForwardDialog.tsx';

/** What can be done about a message with a voice of one's own, or somebody else's. */
export const OnwardActions = ({ message }: { message: Voicemail }): JSX.Element => {
  const [forwards, setForwards] = useState(false);
  return (
    <>
      {message.from.name !== null && (
        <button type="button" class="button small" onClick={() => void centre.desk.reply(message)}>
          <Icon name="microphone" />
          Reply
        </button>
      )}
      <button type="button" class="button small" onClick={() => setForwards(true)}>
        <Icon name="arrow" />
        Forward
      </button>
      {forwards && <ForwardDialog message={message} onClose={() => setForwards(false)} />}
    </>
  );
};
