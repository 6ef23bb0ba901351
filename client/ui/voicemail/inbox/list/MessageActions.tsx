import type { JSX } from 'preact';
import type { Folder, Voicemail } from '../../../../../server/protocol/voicemail.ts';
import { Icon, type IconName } from '../../../parts/Icon.tsx';
import { callPath, navigate } from '../../../route.ts';
import type { Inbox } from '../Inbox.ts';
import { moveMessages } from '../moveMessages.ts';
import { save, soundOf } from './files.ts';
import { MessageMenu } from './MessageMenu.tsx';

const Action = ({
  icon,
  label,
  onClick,
}: {
  icon: IconName;
  label: string;
  onClick: () => void;
}): JSX.Element => (
  <button
    type="button"
    class="button quiet icon-only"
    aria-label={label}
    title={label}
    onClick={onClick}
  >
    <Icon name={icon} />
  </button>
);

/** What can be done with a message at once; the rest is in its menu. */
export const MessageActions = ({
  message,
  inbox,
  onRemove,
}: {
  message: Voicemail;
  inbox: Inbox;
  /** For good; it is asked for first. */
  onRemove: (messages: readonly Voicemail[]) => void;
}): JSX.Element => {
  const { name } = message.from;
  const url = soundOf(message);
  const move = (folder: Folder) => void moveMessages(inbox, [message], folder);
  return (
    <div class="message-actions">
      {name !== null && (
        <Action icon="phone" label="Call back" onClick={() => navigate(callPath(name))} />
      )}
      {url !== null && <Action icon="download" label="Download" onClick={() => save(url)} />}
      {inbox.isReadOnly ? null : message.folder === 'trash' ? (
        <>
          <Action icon="back" label="Put back" onClick={() => move('inbox')} />
          <Action icon="bin" label="Delete for good" onClick={() => onRemove([message])} />
        </>
      ) : (
        <Action icon="bin" label="Delete" onClick={() => move('trash')} />
      )}
      <MessageMenu message={message} inbox={inbox} />
    </div>
  );
};
