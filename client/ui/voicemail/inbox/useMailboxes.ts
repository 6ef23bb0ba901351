import { useEffect, useState } from 'preact/hooks';
import type { Mailbox } from '../../../../server/protocol/mailboxes.ts';
import { MailboxesClient } from '../../../core/MailboxesClient.ts';
import { watchedFetch } from '../../people/session.ts';

const client = new MailboxesClient({ fetch: watchedFetch });

/** Those one may look into, one's own first, asked for anew with all `news`. */
export const useMailboxes = (news: readonly unknown[]): readonly Mailbox[] => {
  const [mailboxes, setMailboxes] = useState<readonly Mailbox[]>([]);
  useEffect(() => {
    let current = true;
    client.list().then(
      (found) => current && setMailboxes(found),
      // One's own messages are there without it.
      () => undefined,
    );
    return () => {
      current = false;
    };
  }, news);
  return mailboxes;
};
