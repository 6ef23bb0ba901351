import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { Voicemail } from '../../../../../server/protocol/voicemail.ts';
import { Menu, MenuItem, MenuLink } from '../../../parts/Menu.tsx';
import { centre } from '../../../calls/centre.ts';
import { ForwardDialog } from '../../onward/ForwardDialog.tsx';
import type { Inbox } from '../Inbox.ts';
import { moveMessages } from '../moveMessages.ts';
import { downloadsOf } from './files.ts';

/** What is seldom wanted of a message. */
export const MessageMenu = ({
  message,
  inbox,
}: {
  message: Voicemail;
  inbox: Inbox;
}): JSX.Element => {
  const { folder } = message;
  const isNew = message.readAt === null;
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
            <MenuItem icon="arrow" onClick={() => setForwards(true)}>
              Forward
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
