import type { Account } from '../accounts/Account.ts';
import { AppError } from '../base/AppError.ts';
import { SerialQueue } from '../base/SerialQueue.ts';
import type { UserId } from '../protocol/ids.ts';
import type { MailboxStore } from './MailboxMembers.ts';
import type { MessageStore } from './Message.ts';

/** All messages of one mailbox: more keeps more, and one of many can fill the disk. */
const QUOTA_BYTES = 2 * 1024 * 1024 * 1024;
/** What a message of full length comes to at most, as it was recorded and as it is played. */
const MESSAGE_BYTES = 8 * 1024 * 1024;
const FILM_BYTES = 64 * 1024 * 1024;

export interface Space {
  readonly usedBytes: number;
  readonly quotaBytes: number;
  readonly messages: number;
}

/** How much mailboxes hold, with what is being left in them. */
export class MailboxSpace {
  readonly #messages: MessageStore;
  readonly #mailboxes: MailboxStore;
  readonly #reserved = new Map<UserId, number>();
  /** Of several who come at once, each is counted before the next. */
  readonly #reserving = new SerialQueue();

  constructor({ messages, mailboxes }: { messages: MessageStore; mailboxes: MailboxStore }) {
    this.#messages = messages;
    this.#mailboxes = mailboxes;
  }

  async of(mailbox: UserId): Promise<Space> {
    const { bytes, all } = await this.#messages.count(mailbox);
    const quotaBytes = (await this.#mailboxes.quotaOf(mailbox)) ?? QUOTA_BYTES;
    return { usedBytes: bytes, quotaBytes, messages: all };
  }

  /** Null: as much as all have. */
  setQuota(mailbox: UserId, bytes: number | null): Promise<void> {
    return this.#mailboxes.setQuota(mailbox, bytes);
  }

  /** AppError `not_found` when it takes no messages, `mailbox_full`. */
  async check({ id, settings }: Account): Promise<void> {
    if (!settings.voicemail) throw takesNone();
    const { usedBytes, quotaBytes } = await this.of(id);
    if (usedBytes + (this.#reserved.get(id) ?? 0) >= quotaBytes) throw full();
  }

  /**
   * For one message more, before anybody speaks; what is returned gives it back. The last one may go
   * over the quota by what it is long, so that a small mailbox holds a message. AppError as `check`.
   */
  reserve(mailbox: Account): Promise<() => void> {
    return this.#reserving.run(async () => {
      await this.check(mailbox);
      const bytes = mailbox.settings.videoMessages ? FILM_BYTES : MESSAGE_BYTES;
      this.#add(mailbox.id, bytes);
      let given = false;
      return () => {
        if (!given) this.#add(mailbox.id, -bytes);
        given = true;
      };
    });
  }

  #add(mailbox: UserId, bytes: number): void {
    const now = (this.#reserved.get(mailbox) ?? 0) + bytes;
    if (now > 0) this.#reserved.set(mailbox, now);
    else this.#reserved.delete(mailbox);
  }
}

const takesNone = (): AppError => new AppError('not_found', 'They take no messages.');
const full = (): AppError => new AppError('mailbox_full', 'The mailbox is full.');
