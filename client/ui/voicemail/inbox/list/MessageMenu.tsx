import type { JSX } from 'preact';
import type { Voicemail } from '../../../../../server/protocol/voicemail.ts';
import { Menu, MenuItem, MenuLink } from '../../../parts/Menu.tsx';
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
  return (
    <Menu label="More" icon="more">
      {() => (
        <>
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
  );
};
