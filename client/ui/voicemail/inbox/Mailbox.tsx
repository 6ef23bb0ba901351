import type { JSX } from 'preact';
import { useCallback, useEffect, useMemo, useState } from 'preact/hooks';
import type { Voicemail } from '../../../../server/protocol/voicemail.ts';
import { VoicemailClient } from '../../../core/VoicemailClient.ts';
import { centre } from '../../calls/centre.ts';
import { useLetters } from '../../parts/hooks.ts';
import { Icon } from '../../parts/Icon.tsx';
import { Page } from '../../parts/Page.tsx';
import { ShortcutsDialog } from '../../parts/ShortcutsDialog.tsx';
import { useKeepFocus } from '../../parts/useKeepFocus.ts';
import { usePoll } from '../../parts/usePoll.ts';
import { watchedFetch } from '../../people/session.ts';
import { countMessages, newWords, waiting } from '../waiting.ts';
import { GoneForGood } from './GoneForGood.tsx';
import { Inbox } from './Inbox.ts';
import { linkedMailbox, linkedMessage } from './linkedMessage.ts';
import { MessageList } from './list/MessageList.tsx';
import { MailboxChoice } from './MailboxChoice.tsx';
import { MailboxHead } from './MailboxHead.tsx';
import { MailboxTools } from './MailboxTools.tsx';
import { MESSAGE_SHORTCUTS } from './messageKeys.ts';
import { emptyWords } from './messageWords.ts';
import { removeMessages } from './moveMessages.ts';
import { SelectionBar } from './SelectionBar.tsx';
import { useMailboxes } from './useMailboxes.ts';
import { useMessageKeys } from './useMessageKeys.ts';

type Box = NonNullable<ConstructorParameters<typeof Inbox>[0]['shared']>;

/** Of what the line did not tell. */
const POLL_MS = 30_000;

/** What was heard of mailboxes last: other objects with each word, though they may say the same. */
type News = readonly [own: unknown, shared: unknown];

const useInbox = (
  { shared, isKnown }: { shared: Box | undefined; isKnown: boolean },
  news: News,
): Inbox => {
  const inbox = useMemo(
    () =>
      new Inbox({
        client: new VoicemailClient({ fetch: watchedFetch }),
        shared,
        onChanged: countMessages,
      }),
    [shared?.name, shared?.role],
  );
  const linked = linkedMessage();
  useEffect(() => {
    if (!isKnown) return;
    if (linked === null) inbox.look();
    else void inbox.openLinked(linked);
  }, [inbox, linked, isKnown]);
  useEffect(() => {
    if (inbox.found.peek().state !== 'looking') inbox.look();
  }, [inbox, ...news]);
  usePoll(() => inbox.look(), POLL_MS);
  useEffect(() => () => inbox.close(), [inbox]);
  return inbox;
};

const Nothing = ({ inbox }: { inbox: Inbox }): JSX.Element | null => {
  const { state, cursor } = inbox.found.value;
  const { folder, ...view } = inbox.view.value;
  const isEmpty = state === 'known' && cursor === null && inbox.messages.value.length === 0;
  if (!isEmpty) return null;
  return (
    <div class="mailbox-nothing">
      <Icon name={folder === 'trash' ? 'bin' : 'microphone'} />
      <p class="soft">{emptyWords(folder, view)}</p>
    </div>
  );
};

/** What is asked about before it is done. */
type Doomed = readonly Voicemail[] | 'trash';

const doomedWords = (doomed: Doomed): string => {
  if (doomed === 'trash') return 'All that is in the trash';
  return doomed.length === 1 ? 'This message' : `${doomed.length} messages`;
};

/** One's own mailbox, and those one looks after with others. */
export const Mailbox = (): JSX.Element => {
  const [chosen, setChosen] = useState<string | null>(linkedMailbox);
  const news: News = [waiting.value, centre.store.sharedMailboxes.value];
  const mailboxes = useMailboxes(news);
  const mailbox = mailboxes.find(({ name }) => name === chosen) ?? mailboxes[0];
  const shared = mailbox?.role === 'owner' ? undefined : mailbox;
  const inbox = useInbox(
    {
      shared:
        shared && shared.role !== 'owner' ? { name: shared.name, role: shared.role } : undefined,
      // One that is not one's own is to be found first.
      isKnown: chosen === null || mailboxes.length > 0,
    },
    news,
  );
  const [doomed, setDoomed] = useState<Doomed | null>(null);
  const [help, setHelp] = useState(false);
  const [letters, setLetters] = useLetters();
  const { state } = inbox.found.value;
  const summary =
    shared === undefined ? waiting.value : centre.store.sharedMailboxes.value.get(shared.name);
  const count = summary?.new ?? 0;
  useKeepFocus();
  useMessageKeys(inbox, letters, {
    onHelp: () => setHelp(true),
    onDelete: (message) => setDoomed([message]),
  });
  const search = useCallback(
    (q: string) => {
      if (q !== inbox.view.peek().q) inbox.show({ q });
    },
    [inbox],
  );
  return (
    <Page title="Voicemail" wide>
      <MailboxChoice mailboxes={mailboxes} chosen={mailbox} onChoose={setChosen} />
      <MailboxHead inbox={inbox} onSearch={search} />
      <div class="mailbox-line">
        <p class="soft" role="status">
          {state === 'looking' ? 'Looking…' : count > 0 && newWords(count)}
        </p>
        <MailboxTools
          inbox={inbox}
          onEmpty={() => setDoomed('trash')}
          onHelp={() => setHelp(true)}
        />
      </div>
      {inbox.ticked.value !== null && <SelectionBar inbox={inbox} onRemove={setDoomed} />}
      <MessageList inbox={inbox} onRemove={setDoomed} />
      <Nothing inbox={inbox} />
      {state === 'failed' && (
        <p class="notice" role="alert">
          <Icon name="warning" />
          The server does not answer, so not everything may be shown.
        </p>
      )}
      {doomed !== null && (
        <GoneForGood
          what={doomedWords(doomed)}
          onDelete={() =>
            void (doomed === 'trash' ? inbox.emptyTrash() : removeMessages(inbox, doomed))
          }
          onClose={() => setDoomed(null)}
        />
      )}
      {help && (
        <ShortcutsDialog
          shortcuts={MESSAGE_SHORTCUTS}
          letters={letters}
          onLetters={setLetters}
          onClose={() => setHelp(false)}
        />
      )}
    </Page>
  );
};
