import type { JSX } from 'preact';
import type { Voicemail } from '../../../../server/protocol/voicemail.ts';
import { Icon, type IconName } from '../../parts/Icon.tsx';
import type { Inbox } from './Inbox.ts';
import { moveMessages } from './moveMessages.ts';

const Deed = ({
  icon,
  label,
  disabled,
  onClick,
}: {
  icon: IconName;
  label: string;
  disabled: boolean;
  onClick: () => void;
}): JSX.Element => (
  <button type="button" class="button small" disabled={disabled} onClick={onClick}>
    <Icon name={icon} />
    {label}
  </button>
);

/** What can be done with the messages that are ticked. */
export const SelectionBar = ({
  inbox,
  onRemove,
}: {
  inbox: Inbox;
  onRemove: (messages: readonly Voicemail[]) => void;
}): JSX.Element => {
  const ticked = inbox.ticked.value ?? new Set();
  const all = inbox.messages.value;
  const chosen = all.filter(({ id }) => ticked.has(id));
  const { folder } = inbox.view.value;
  const none = chosen.length === 0;
  const isUnread = chosen.some(({ readAt }) => readAt === null);
  return (
    <div class="mailbox-selection" role="group" aria-label="Selected messages">
      <p role="status">{chosen.length} selected</p>
      <Deed
        icon="record"
        label={isUnread || none ? 'Mark as read' : 'Mark as unread'}
        disabled={none}
        onClick={() => void inbox.change(chosen, { read: isUnread })}
      />
      {folder === 'inbox' ? (
        <Deed
          icon="check"
          label="Save"
          disabled={none}
          onClick={() => void moveMessages(inbox, chosen, 'saved')}
        />
      ) : (
        <Deed
          icon="back"
          label={folder === 'trash' ? 'Put back' : 'To the inbox'}
          disabled={none}
          onClick={() => void moveMessages(inbox, chosen, 'inbox')}
        />
      )}
      <Deed
        icon="bin"
        label={folder === 'trash' ? 'Delete for good' : 'Delete'}
        disabled={none}
        onClick={() => {
          if (folder === 'trash') onRemove(chosen);
          else void moveMessages(inbox, chosen, 'trash');
        }}
      />
      <span class="mailbox-which">
        <button
          type="button"
          class="button small quiet"
          disabled={chosen.length === all.length}
          onClick={() => (inbox.ticked.value = new Set(all.map(({ id }) => id)))}
        >
          Select all
        </button>
        <button
          type="button"
          class="button small quiet"
          onClick={() => (inbox.ticked.value = null)}
        >
          Done
        </button>
      </span>
    </div>
  );
};
