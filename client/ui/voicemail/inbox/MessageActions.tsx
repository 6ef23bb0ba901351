import type { JSX } from 'preact';
import type { Voicemail } from '../../../../server/protocol/voicemail.ts';
import { Icon, type IconName } from '../../parts/Icon.tsx';
import { callPath, navigate } from '../../route.ts';
import { moveMessage } from './moveMessage.ts';
import type { Messages } from './useMessages.ts';

const Action = ({
  icon,
  label,
  kind = '',
  onClick,
}: {
  icon: IconName;
  label: string;
  kind?: 'primary' | '';
  onClick: () => void;
}): JSX.Element => (
  <button type="button" class={`button small ${kind}`} onClick={onClick}>
    <Icon name={icon} />
    {label}
  </button>
);

const download = (url: string): void => {
  const link = document.createElement('a');
  link.href = url;
  link.download = '';
  link.click();
};

/** Where it can go from the folder it is in. */
const Moves = ({ message, messages }: { message: Voicemail; messages: Messages }): JSX.Element => {
  const move = (folder: Voicemail['folder']) => void moveMessage(messages, message, folder);
  if (message.folder === 'trash') {
    return (
      <>
        <Action icon="back" label="Put back" onClick={() => move('inbox')} />
        <Action icon="bin" label="Delete for good" onClick={() => void messages.remove(message)} />
      </>
    );
  }
  return (
    <>
      {message.folder === 'inbox' ? (
        <Action icon="check" label="Save" onClick={() => move('saved')} />
      ) : (
        <Action icon="back" label="To the inbox" onClick={() => move('inbox')} />
      )}
      <Action icon="bin" label="Delete" onClick={() => move('trash')} />
    </>
  );
};

/** What can be done with a message. */
export const MessageActions = ({
  message,
  messages,
  url,
  isOpen,
  onPlay,
}: {
  message: Voicemail;
  messages: Messages;
  url: string | null;
  isOpen: boolean;
  onPlay: (open: boolean) => void;
}): JSX.Element => {
  const { name } = message.from;
  return (
    <div class="message-actions">
      {url !== null && (
        <Action
          icon={isOpen ? 'stop' : 'play'}
          label={isOpen ? 'Stop' : 'Play'}
          kind="primary"
          onClick={() => onPlay(!isOpen)}
        />
      )}
      {name !== null && (
        <Action icon="phone" label="Call back" onClick={() => navigate(callPath(name))} />
      )}
      {url !== null && <Action icon="download" label="Download" onClick={() => download(url)} />}
      <Moves message={message} messages={messages} />
    </div>
  );
};
