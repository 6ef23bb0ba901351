import type { SendMailOptions, Transporter } from 'nodemailer';
import type { Account } from '../accounts/Account.ts';
import type { Accounts } from '../accounts/Accounts.ts';
import type { Logger } from '../base/logger.ts';
import type { UserId } from '../protocol/ids.ts';
import type { RecordingService } from '../recordings/RecordingService.ts';
import type { Mailboxes } from '../voicemail/Mailboxes.ts';
import type { Message } from '../voicemail/Message.ts';
import type { Channel } from '../voicemail/Outbox.ts';
import { composeMail } from './composeMail.ts';

/** Many servers refuse mails of more than 10 MiB, and in a mail a sound takes a third more. */
const MAX_ATTACHED_BYTES = 7 * 1024 * 1024;

export interface MailNoticesOptions {
  readonly transport: Transporter;
  /** Such as `Roomtone <roomtone@example.org>`. */
  readonly from: string;
  readonly publicUrl: string | undefined;
  /** Whom what is left there concerns: its owner, and who looks after it. */
  readonly readersOf: (mailbox: UserId) => Promise<readonly UserId[]>;
  /** The page on which a message is heard. */
  readonly pageOf: (message: Message) => Promise<string>;
  readonly accounts: Pick<Accounts, 'find'>;
  readonly mailboxes: Pick<Mailboxes, 'change'>;
  readonly recordings: Pick<RecordingService, 'openFile'>;
  readonly logger: Logger;
}

/** Tells people of their messages by mail, if they want it. */
export class MailNotices implements Channel {
  readonly name = 'mail';
  readonly #options: MailNoticesOptions;
  /** Who has had a mail of a message that others wait for. */
  readonly #told = new Set<string>();

  constructor(options: MailNoticesOptions) {
    this.#options = options;
  }

  async tell(message: Message): Promise<void> {
    const readers = await this.#options.readersOf(message.mailbox);
    const outcomes = await Promise.allSettled(readers.map((one) => this.#tellOne(one, message)));
    for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason;
    for (const one of readers) this.#told.delete(keyOf(message, one));
  }

  async #tellOne(userId: UserId, message: Message): Promise<void> {
    const { accounts, transport, logger } = this.#options;
    const reader = await accounts.find(userId);
    const address = reader?.settings.mailAddress ?? null;
    const key = keyOf(message, userId);
    // Whoever has heard it by now knows; and when it did not work with all, nobody is told twice.
    if (!reader?.settings.mailMessages || address === null) return;
    if (message.readAt !== null || this.#told.has(key)) return;
    try {
      await transport.sendMail(await this.#mailOf(message, reader, address));
    } catch (error) {
      if (!isForGood(error)) throw error;
      logger.warn({ message: message.id, status: error.responseCode }, 'mail refused');
      return;
    }
    this.#told.add(key);
    if (reader.settings.mailReads) await this.#markRead(message);
  }

  async #mailOf(message: Message, reader: Account, address: string): Promise<SendMailOptions> {
    const { from, publicUrl, pageOf } = this.#options;
    const page = publicUrl && `${publicUrl}${await pageOf(message)}`;
    return {
      from,
      // Not parsed: there is nothing in it but one address.
      to: { name: reader.displayName, address },
      ...composeMail(message, reader, page),
      // The same if it has to be sent again, so that nobody reads it twice.
      messageId: `<${message.id}@${domainOf(from)}>`,
      headers: { 'Auto-Submitted': 'auto-generated' },
      priority: message.urgent ? 'high' : 'normal',
      attachments: reader.settings.mailSound ? await this.#soundOf(message) : [],
    };
  }

  async #soundOf({ recordingId, files }: Message): Promise<SendMailOptions['attachments']> {
    const sound = files.find(({ kind, name }) => kind === 'audio' && name.endsWith('.m4a'));
    if (!sound || recordingId === null || sound.bytes > MAX_ATTACHED_BYTES) return [];
    const { file } = await this.#options.recordings.openFile(recordingId, sound.name);
    return [{ filename: 'message.m4a', contentType: 'audio/mp4', content: file.read() }];
  }

  async #markRead({ mailbox, id }: Message): Promise<void> {
    try {
      await this.#options.mailboxes.change(mailbox, id, { read: true });
    } catch (error) {
      // It was deleted meanwhile; and the mail is not to be sent again for that.
      this.#options.logger.info({ message: id, err: error }, 'mailed message not marked as read');
    }
  }
}

const keyOf = ({ id }: Message, userId: UserId): string => `${id} ${userId}`;

/**
 * The server of the mail has said that it will never take it (RFC 5321: 5yz), and not that it does not know
 * us, which an operator can mend.
 */
const isForGood = (error: unknown): error is Error & { responseCode: number } =>
  error instanceof Error &&
  'responseCode' in error &&
  typeof error.responseCode === 'number' &&
  error.responseCode >= 500 &&
  'command' in error &&
  /^(MAIL|RCPT|DATA)/.test(String(error.command));

const domainOf = (from: string): string => /@([\w.-]+)/.exec(from)?.[1] ?? 'localhost';
