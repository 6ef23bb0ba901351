import type {
  Mailbox,
  MailboxMemberResource,
  MailboxRole,
} from '../../server/protocol/mailboxes.ts';
import { restCall, type RestCall, type RestOptions } from './restCall.ts';

/** Mailboxes and who looks after them, over `/api/v1`; the browser's cookie speaks for it. Rejects with `RestError`. */
export class MailboxesClient {
  readonly #call: RestCall;

  constructor(options: RestOptions = {}) {
    this.#call = restCall(options);
  }

  /** One's own first. */
  async list(): Promise<readonly Mailbox[]> {
    return (await this.#call<{ items: readonly Mailbox[] }>('GET', '/mailboxes')).items;
  }

  async members(mailbox: string): Promise<readonly MailboxMemberResource[]> {
    const path = `/mailboxes/${encodeURIComponent(mailbox)}/members`;
    return (await this.#call<{ items: readonly MailboxMemberResource[] }>('GET', path)).items;
  }

  setMember(mailbox: string, user: string, role: MailboxRole): Promise<MailboxMemberResource> {
    return this.#call('PUT', memberPath(mailbox, user), { body: { role } });
  }

  removeMember(mailbox: string, user: string): Promise<void> {
    return this.#call('DELETE', memberPath(mailbox, user));
  }
}

const memberPath = (mailbox: string, user: string): string =>
  `/mailboxes/${encodeURIComponent(mailbox)}/members/${encodeURIComponent(user)}`;
