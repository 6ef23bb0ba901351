import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { Voicemail } from '../../../../../server/protocol/voicemail.ts';
import { Menu, MenuItem, MenuLink } from '../../../parts/Menu.tsx';
import { centre } from '../../../calls/centre.ts';
import { me } from '../../../people/session.ts';
import { ForwardDialog } from '../../onward/ForwardDialog.tsx';
import { shareMessage } from '../../onward/shareMessage.ts';
import type { Inbox } from '../Inbox.ts';
import { moveMessages } from '../moveMessages.ts';
import { downloadsOf } from './files.ts';

/** For who may do more than hear it. */
const Changes = ({
  message,
  inbox,
  onForward,
}: {
  message: Voicemail;
  inbox: Inbox;
  onForward: () => void;
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
      <MenuItem icon="link" onClick={() => void shareMessage(inbox.client, message)}>
        Copy a link for others
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
  const [forwards, setForwards] = useState(false);
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
              <Changes message={message} inbox={inbox} onForward={() => setForwards(true)} />
            )}
            {downloadsOf(message).map(({ words, url }) => (
              <MenuLink key={url} icon="download" href={url}>
                {words}
              </MenuLink>
            ))}
          </>
        )}
      </Menu>
      {forwards && <ForwardDialog message={message} onClose={() => setForwards(false)} />}
    </>
  );
};
