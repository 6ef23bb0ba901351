import type { JSX } from 'preact';
import { Icon } from '../../parts/Icon.tsx';
import type { Inbox } from './Inbox.ts';

/** What can be done with the list as a whole. */
export const MailboxTools = ({
  inbox,
  onEmpty,
  onHelp,
}: {
  inbox: Inbox;
  onEmpty: () => void;
  onHelp: () => void;
}): JSX.Element => {
  const isThere = inbox.messages.value.length > 0;
  const isSelecting = inbox.ticked.value !== null;
  return (
    <div class="mailbox-tools">
      {isThere && inbox.view.value.folder === 'trash' && (
        <button type="button" class="button small" onClick={onEmpty}>
          <Icon name="bin" />
          Empty the trash
        </button>
      )}
      {isThere && (
        <button
          type="button"
          class="button small quiet"
          aria-pressed={isSelecting}
          onClick={() => (inbox.ticked.value = isSelecting ? null : new Set())}
        >
          Select
        </button>
      )}
      <button
        type="button"
        class="button quiet icon-only"
        aria-label="Keyboard shortcuts"
        title="Keyboard shortcuts"
        onClick={onHelp}
      >
        <Icon name="help" />
      </button>
    </div>
  );
};
