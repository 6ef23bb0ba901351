import type { Accounts } from '../accounts/Accounts.ts';
import { newSecret } from '../accounts/secret.ts';
import type { UserId, VoicemailId } from '../protocol/ids.ts';
import type { DraftListener } from '../voicemail/Draft.ts';
import type { Mailboxes } from '../voicemail/Mailboxes.ts';
import type { Begun, VoicemailService } from '../voicemail/VoicemailService.ts';
import { noMailbox, type CallPlans } from './CallPlans.ts';

export interface RepliesOptions {
  readonly accounts: Accounts;
  readonly mailboxes: Mailboxes;
  readonly voicemail: Pick<VoicemailService, 'leave'>;
  readonly plans: CallPlans;
}

/** Messages that answer messages: nobody is rung. */
export class Replies {
  readonly #options: RepliesOptions;

  constructor(options: RepliesOptions) {
    this.#options = options;
  }

  /**
   * By who has the message, into the mailbox of who left it. AppError `not_found` when it is not theirs,
   * was left by a guest or by somebody who is gone, takes none or blocks them; `mailbox_full`.
   */
  async begin(
    userId: UserId,
    { replyTo, language }: { replyTo: VoicemailId; language?: string | undefined },
    listener: DraftListener,
  ): Promise<Begun> {
    const { accounts, mailboxes, voicemail, plans } = this.#options;
    const { from } = await mailboxes.readableBy(userId, replyTo);
    const [by, to] = await Promise.all([
      accounts.find(userId),
      from.userId === null ? undefined : accounts.find(from.userId),
    ]);
    if (!by || !to) throw noMailbox();
    return voicemail.leave({
      mailbox: await plans.mailboxFor(by, to.name),
      from: { userId, name: by.name, displayName: by.displayName },
      leg: newSecret(),
      isOfCall: false,
      reason: 'chosen',
      language,
      listener,
    });
  }
}
