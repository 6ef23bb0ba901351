import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { Mailbox } from '../../../../server/protocol/mailboxes.ts';
import type { User } from '../../../../server/protocol/people.ts';
import { MailboxesClient } from '../../../core/MailboxesClient.ts';
import { Choice } from '../../parts/Choice.tsx';
import { Switch } from '../../parts/Switch.tsx';
import { fullnessOf, spaceWords } from '../../voicemail/spaceWords.ts';
import { Part } from '../Part.tsx';
import { watchedFetch } from '../session.ts';
import { useSettings } from '../useSettings.ts';
import { MailboxMembers } from './MailboxMembers.tsx';

const client = new MailboxesClient({ fetch: watchedFetch });

const FOR_EVER = 'ever';
const KEEP_DAYS = [7, 14, 30, 90, 365];

const keepChoices = (now: number | null): readonly (readonly [string, string])[] => [
  [FOR_EVER, 'For ever'],
  ...[...new Set([...KEEP_DAYS, ...(now === null ? [] : [now])])]
    .toSorted((a, b) => a - b)
    .map((days) => [String(days), days === 1 ? '1 day' : `${days} days`] as const),
];

const useMailbox = (): Mailbox | null => {
  const [mailbox, setMailbox] = useState<Mailbox | null>(null);
  useEffect(() => {
    client.list().then(
      ([own]) => setMailbox(own ?? null),
      // What is not known is not shown; the settings work without it.
      () => undefined,
    );
  }, []);
  return mailbox;
};

/** What becomes of messages that are left for oneself. */
export const MailboxPart = ({ user }: { user: User }): JSX.Element => {
  const { shown, keep } = useSettings(user);
  const mailbox = useMailbox();
  return (
    <Part title="Mailbox" lead="Changes here are kept at once.">
      <Switch
        label="Take messages"
        hint="Callers who reach nobody may leave a message. Without it, they are told that none can be left."
        on={shown.voicemail}
        onChange={(voicemail) => void keep({ voicemail })}
      />
      <Choice
        label="Messages that you have heard stay in the inbox"
        value={String(shown.keepVoicemailDays ?? FOR_EVER)}
        options={keepChoices(shown.keepVoicemailDays)}
        onChange={(days) =>
          void keep({ keepVoicemailDays: days === FOR_EVER ? null : Number(days) })
        }
      />
      <p class="small-print">
        Then they go to the trash, for 30 days more. What you have not heard, and what you saved,
        always stays.
      </p>
      {mailbox !== null && (
        <p class={fullnessOf(mailbox) === 'roomy' ? 'soft' : 'error-text'}>{spaceWords(mailbox)}</p>
      )}
      <MailboxMembers mailbox={user.name} client={client} />
    </Part>
  );
};
