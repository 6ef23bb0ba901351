import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { Voicemail } from '../../../../../server/protocol/voicemail.ts';
import { Menu, MenuItem, MenuLink } from '../../../parts/Menu.tsx';
import { centre } from '../../../calls/centre.ts';
import { me } from '../../../people/session.ts';
import { ForwardDialog } from '../../onward/ForwardDialog.tsx';
import { ShareDialog } from '../../onward/ShareDialog.tsx';
import type { Inbox } from '../Inbox.ts';
import { moveMessages } from '../moveMessages.ts';
import { downloadsOf } from './files.ts';

/** For who may do more than hear it. */
const Changes = ({
  message,
  inbox,
  onForward,
  onShare,
}: {
  message: Voicemail;
  inbox: Inbox;
  onForward: () => void;
  onShare: () => void;
}): JSX.Element => {
  const { folder, takenBy } = message;
  const isNew = message.readAt === null;
  const isMine = takenBy !== null && takenBy.name === me()?.name;
  return (
    <>
      {(isMine || (inbox.isShared && takenBy === null)) && (
        <MenuItem icon="check" onClick={() => void inbox.change([message], { taken: !isMine })}>
          {isMine ? 'Give it back' : 'I see to it'}
        </MenuItem>
      )}
      <MenuItem icon="arrow" onClick={onForward}>
        Forward
      </MenuItem>
      <MenuItem icon="link" onClick={onShare}>
        Share
      </MenuItem>
      <MenuItem icon="record" onClick={() => void inbox.change([message], { read: isNew })}>
        {isNew ? 'Mark as read' : 'Mark as unread'}
      </MenuItem>
      {folder === 'inbox' && (
        <MenuItem icon="check" onClick={() => void moveMessages(inbox, [message], 'saved')}>
          Save
        </MenuItem>
      )}
      {folder === 'saved' && (
        <MenuItem icon="back" onClick={() => void moveMessages(inbox, [message], 'inbox')}>
          To the inbox
        </MenuItem>
      )}
    </>
  );
};

/** What is seldom wanted of a message. */
export const MessageMenu = ({
  message,
  inbox,
}: {
  message: Voicemail;
  inbox: Inbox;
}): JSX.Element => {
  const [dialog, setDialog] = useState<'forward' | 'share' | null>(null);
  const onClose = () => setDialog(null);
  return (
    <>
      <Menu label="More" icon="more">
        {() => (
          <>
            {message.from.name !== null && (
              <MenuItem icon="microphone" onClick={() => void centre.desk.reply(message)}>
                Reply
              </MenuItem>
            )}
            {!inbox.isReadOnly && (
              <Changes
                message={message}
                inbox={inbox}
                onForward={() => setDialog('forward')}
                onShare={() => setDialog('share')}
              />
            )}
            {downloadsOf(message).map(({ words, url }) => (
              <MenuLink key={url} icon="download" href={url}>
                {words}
              </MenuLink>
            ))}
          </>
        )}
      </Menu>
      {dialog === 'forward' && <ForwardDialog message={message} onClose={onClose} />}
      {dialog === 'share' && (
        <ShareDialog client={inbox.client} message={message} onClose={onClose} />
      )}
    </>
  );
};
