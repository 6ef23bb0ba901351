import type { Accounts } from '../accounts/Accounts.ts';
import type { UserId } from '../protocol/ids.ts';
import type { Mailboxes } from '../voicemail/Mailboxes.ts';
import type { Registrar } from './Registrar.ts';

/** What is in a mailbox, to its owner and to all who look after it, on every page of theirs. */
export const tellOfMailbox = async (
  mailbox: UserId,
  {
    accounts,
    mailboxes,
    registrar,
  }: { accounts: Accounts; mailboxes: Mailboxes; registrar: Registrar },
): Promise<void> => {
  const data = await mailboxes.summary(mailbox);
  registrar.tell(mailbox, { name: 'voicemailChanged', data });
  const [, ...members] = await mailboxes.members.readersOf(mailbox);
  const name = members.length > 0 ? (await accounts.find(mailbox))?.name : undefined;
  if (name === undefined) return;
  for (const member of members) {
    registrar.tell(member, { name: 'voicemailChanged', data: { ...data, mailbox: name } });
  }
};
