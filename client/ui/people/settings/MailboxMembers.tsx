import type { JSX } from 'preact';
import { useCallback, useEffect, useId, useState } from 'preact/hooks';
import type { MailboxMemberResource } from '../../../../server/protocol/mailboxes.ts';
import type { MailboxesClient } from '../../../core/MailboxesClient.ts';
import { showToast } from '../../parts/toasts.ts';
import { failureWords } from '../failureWords.ts';

const TOPIC = 'members';

/** Who looks after a mailbox, too. */
export const MailboxMembers = ({
  mailbox,
  client,
}: {
  mailbox: string;
  client: MailboxesClient;
}): JSX.Element => {
  const [members, setMembers] = useState<readonly MailboxMemberResource[]>([]);
  const [typed, setTyped] = useState('');
  const id = useId();
  const look = useCallback(async () => {
    setMembers(await client.members(mailbox).catch(() => []));
  }, [client, mailbox]);
  useEffect(() => void look(), [look]);
  const change = async (work: Promise<unknown>, done: string) => {
    try {
      await work;
      showToast(done, { topic: TOPIC });
    } catch (error) {
      showToast(failureWords(error), { kind: 'error', topic: TOPIC });
    }
    await look();
  };
  const add = (event: Event) => {
    event.preventDefault();
    const name = typed.trim();
    if (name === '') return;
    setTyped('');
    void change(
      client.setMember(mailbox, name, 'editor'),
      `${name} looks after your mailbox, too.`,
    );
  };
  return (
    <>
      <h3>Who looks after your mailbox, too</h3>
      {members.length > 0 && (
        <ul class="pp-list" aria-label="Who looks after your mailbox, too">
          {members.map(({ name, displayName }) => (
            <li class="pp-row" key={name}>
              <span class="pp-words">
                <span class="pp-name">{displayName}</span>
                <span class="small-print">{name}</span>
              </span>
              <button
                type="button"
                class="button small"
                aria-label={`Remove ${displayName}`}
                onClick={() =>
                  void change(
                    client.removeMember(mailbox, name),
                    `Your mailbox is closed to ${displayName}.`,
                  )
                }
              >
                Remove
              </button>
            </li>
          ))}
        </ul>
      )}
      <form class="field" onSubmit={add} noValidate>
        <label for={id}>User name of somebody who may hear and sort your messages</label>
        <div class="input-row">
          <input
            id={id}
            class="input"
            autocomplete="off"
            autocapitalize="none"
            spellcheck={false}
            maxLength={64}
            value={typed}
            onInput={(event) => setTyped(event.currentTarget.value)}
          />
          <button type="submit" class="button">
            Add
          </button>
        </div>
      </form>
    </>
  );
};
