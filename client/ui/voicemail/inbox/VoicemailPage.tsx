import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { VoicemailId } from '../../../../server/protocol/ids.ts';
import type { Folder } from '../../../../server/protocol/voicemail.ts';
import { Icon } from '../../parts/Icon.tsx';
import { Page } from '../../parts/Page.tsx';
import { SearchField } from '../../parts/SearchField.tsx';
import { useKeepFocus } from '../../parts/useKeepFocus.ts';
import { ForMembers } from '../../people/ForMembers.tsx';
import { newWords, waiting } from '../waiting.ts';
import './inbox.css';
import { MessageRow } from './MessageRow.tsx';
import { emptyWords, FOLDER_WORDS } from './messageWords.ts';
import { useMessages } from './useMessages.ts';

const FOLDERS = ['inbox', 'saved', 'trash'] as const satisfies readonly Folder[];

const Folders = ({
  folder,
  onChoose,
}: {
  folder: Folder;
  onChoose: (folder: Folder) => void;
}): JSX.Element => (
  <div class="folders" role="group" aria-label="Folder">
    {FOLDERS.map((one) => (
      <button
        key={one}
        type="button"
        class="button small"
        aria-pressed={folder === one}
        onClick={() => onChoose(one)}
      >
        {FOLDER_WORDS[one]}
      </button>
    ))}
  </div>
);

/** With how many are new: seen on the tab, wherever one is. */
const titleWith = (count: number): string => (count === 0 ? 'Voicemail' : `(${count}) Voicemail`);

const Mailbox = (): JSX.Element => {
  const [folder, setFolder] = useState<Folder>('inbox');
  const [q, setQ] = useState('');
  const [open, setOpen] = useState<VoicemailId | null>(null);
  const messages = useMessages(folder, q);
  const count = waiting.value?.new ?? 0;
  const isEmpty = messages.state === 'known' && messages.messages.length === 0;
  useKeepFocus();
  useEffect(() => setOpen(null), [folder]);
  return (
    <Page title={titleWith(count)} heading="Voicemail" wide>
      <div class="mailbox-head">
        <Folders folder={folder} onChoose={setFolder} />
        <SearchField label="Search messages" placeholder="A name or a note" onSearch={setQ} />
      </div>
      <p class="soft" role="status">
        {messages.state === 'looking' ? 'Looking…' : count > 0 && newWords(count)}
      </p>
      {messages.messages.length > 0 && (
        <ul class="messages" aria-label="Messages">
          {messages.messages.map((message) => (
            <MessageRow
              key={message.id}
              message={message}
              messages={messages}
              isOpen={open === message.id}
              onPlay={(play) => setOpen(play ? message.id : null)}
            />
          ))}
        </ul>
      )}
      {isEmpty && <p class="soft">{emptyWords(folder, q)}</p>}
      {messages.state === 'failed' && (
        <p class="notice" role="alert">
          <Icon name="warning" />
          The server does not answer, so not everything may be shown.
        </p>
      )}
      {messages.cursor !== null && (
        <div class="button-row">
          <button type="button" class="button" onClick={messages.more}>
            Load more
          </button>
        </div>
      )}
    </Page>
  );
};

/** The messages that callers have left for who is signed in. */
export const VoicemailPage = (): JSX.Element => (
  <ForMembers title="Voicemail">{() => <Mailbox key="signed-in" />}</ForMembers>
);
