import type { JSX } from 'preact';
import type { Mailbox } from '../../../../server/protocol/mailboxes.ts';
import { fullnessOf, spaceWords } from '../spaceWords.ts';

/** Which mailbox is looked into, for who looks after more than their own; and that it is nearly full. */
export const MailboxChoice = ({
  mailboxes,
  chosen,
  onChoose,
}: {
  mailboxes: readonly Mailbox[];
  chosen: Mailbox | undefined;
  onChoose: (name: string) => void;
}): JSX.Element => (
  <>
    {mailboxes.length > 1 && (
      <div class="folders mailbox-boxes" role="group" aria-label="Mailbox">
        {mailboxes.map(({ name, displayName, role }) => (
          <button
            key={name}
            type="button"
            class="button small"
            aria-pressed={name === chosen?.name}
            onClick={() => onChoose(name)}
          >
            {role === 'owner' ? 'Yours' : displayName}
          </button>
        ))}
      </div>
    )}
    {chosen !== undefined && fullnessOf(chosen) !== 'roomy' && (
      <p class="notice">{spaceWords(chosen)}</p>
    )}
  </>
);
