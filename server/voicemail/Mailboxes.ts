import { EventEmitter } from 'node:events';
import type { Account } from '../accounts/Account.ts';
import type { Accounts } from '../accounts/Accounts.ts';
import { AppError } from '../base/AppError.ts';
import type { Clock } from '../base/Clock.ts';
import type { Logger } from '../base/logger.ts';
import { SerialQueue } from '../base/SerialQueue.ts';
import { newId, type RecordingId, type UserId, type VoicemailId } from '../protocol/ids.ts';
import type { Folder, VoicemailSummary } from '../protocol/voicemail.ts';
import type { RecordingRecord } from '../recordings/RecordingRecord.ts';
import type { RecordingService } from '../recordings/RecordingService.ts';
import { MailboxMembers, type MailboxStore } from './MailboxMembers.ts';
import { MailboxSpace } from './MailboxSpace.ts';
import type { Message, MessageQuery, MessageStore, Sender } from './Message.ts';
import { unlessGone } from './unlessGone.ts';

/** So long what was deleted can be had back. */
export const TRASH_KEPT_MS = 30 * 24 * 3_600_000;
const DAY_MS = 24 * 3_600_000;
const PURGE_EVERY_MS = 3_600_000;

export interface MessagePatch {
  readonly read?: boolean | undefined;
  readonly folder?: Folder | undefined;
  /** By whoever asks. */
  readonly taken?: boolean | undefined;
}

export type MailboxesEvents = {
  /** Somebody has heard it now. */
  read: [message: Message];
  arrived: [message: Message];
  /** Something of it is another way now: tell its owner how much there is. */
  changed: [mailbox: UserId];
};

/** What people were left. */
export class Mailboxes extends EventEmitter<MailboxesEvents> {
  readonly space: MailboxSpace;
  readonly members: MailboxMembers;
  readonly #store: MessageStore;
  readonly #accounts: Accounts;
  readonly #recordings: Pick<RecordingService, 'delete'>;
  readonly #clock: Clock;
  /** One change at a time: of two who take a message one has it, and what is gone stays gone. */
  readonly #changes = new SerialQueue();
  readonly #logger: Logger;
  readonly #stopPurging: () => void;

  constructor(options: {
    store: MessageStore;
    mailboxes: MailboxStore;
    accounts: Accounts;
    recordings: Pick<RecordingService, 'delete'>;
    clock: Clock;
    logger: Logger;
  }) {
    super();
    const { store, mailboxes, accounts } = options;
    this.space = new MailboxSpace({ messages: store, mailboxes });
    this.members = new MailboxMembers({ store: mailboxes, accounts });
    this.#store = store;
    this.#accounts = accounts;
    this.#recordings = options.recordings;
    this.#clock = options.clock;
    this.#logger = options.logger;
    this.#stopPurging = options.clock.every(PURGE_EVERY_MS, () => void this.tidy());
  }

  async arrived(message: Message): Promise<void> {
    this.emit('arrived', message);
    this.emit('changed', message.mailbox);
  }

  list(query: MessageQuery): Promise<Message[]> {
    return this.#store.list(query);
  }

  async summary(mailbox: UserId): Promise<VoicemailSummary> {
    const { bytes: _bytes, all: _all, ...counts } = await this.#store.count(mailbox);
    return counts;
  }

  /** AppError `not_found`, for what is somebody else's alike. */
  async get(mailbox: UserId, id: VoicemailId): Promise<Message> {
    const message = await this.#store.get(id);
    if (message?.mailbox !== mailbox || message.state !== 'delivered') throw notFound();
    return message;
  }

  /** In their own mailbox, or one they look after. AppError `not_found`. */
  async readableBy(userId: UserId, id: VoicemailId): Promise<Message> {
    const message = await this.#store.get(id);
    const mailbox = message?.mailbox ?? userId;
    if (mailbox !== userId && !(await this.members.roleIn(mailbox, userId))) throw notFound();
    return this.get(mailbox, id);
  }

  /** AppError `not_found`; `wrong_state` for taking what somebody else has taken. */
  change(
    mailbox: UserId,
    id: VoicemailId,
    patch: MessagePatch,
    by: Sender | null = null,
  ): Promise<Message> {
    return this.#changes.run(async () => this.#change(await this.get(mailbox, id), patch, by));
  }

  /** What was recorded for a message has one more file. */
  rendered(record: RecordingRecord): Promise<void> {
    return this.#changes.run(async () => {
      for (const message of await this.#store.findByRecording(record.id)) {
        if (message.state !== 'delivered') continue;
        await this.#store.put({ ...message, files: record.files });
        this.emit('changed', message.mailbox);
      }
    });
  }

  /** What is said in a message is there in writing, or never will be. */
  transcribed({ mailbox }: Message): void {
    this.emit('changed', mailbox);
  }

  /**
   * To somebody else's mailbox, as new; both have the same media, on disk once. AppError `not_found`,
   * `mailbox_full`, `wrong_state` for the mailbox it is in.
   */
  async forward(
    { id, mailbox }: Pick<Message, 'id' | 'mailbox'>,
    { to, by, comment }: { to: Account; by: Sender; comment: string | null },
  ): Promise<Message> {
    const message = await this.#changes.run(async () => {
      const original = await this.get(mailbox, id);
      if (to.id === mailbox) throw new AppError('wrong_state', 'It is in this mailbox already.');
      await this.space.check(to);
      const copy: Message = {
        ...original,
        id: newId('vm'),
        mailbox: to.id,
        forwardedBy: by,
        comment,
        takenBy: null,
        readAt: null,
        folder: 'inbox',
        trashedAt: null,
      };
      if (!(await this.#store.copy(copy, id))) throw notFound();
      return copy;
    });
    await this.arrived(message);
    return message;
  }

  /** Gone for good, with its media unless that is in another mailbox, too. */
  async remove(mailbox: UserId, id: VoicemailId): Promise<void> {
    await this.#changes.run(async () => this.#remove(await this.get(mailbox, id)));
    this.emit('changed', mailbox);
  }

  /** All that is in the trash goes for good, and nothing that comes there meanwhile. */
  async emptyTrash(mailbox: UserId): Promise<void> {
    await this.#changes.run(async () => {
      for (const message of await this.#store.inTrash(mailbox)) await this.#remove(message);
    });
    this.emit('changed', mailbox);
  }

  /** What has been in the trash for long enough goes for good. */
  async purge(): Promise<void> {
    await this.#changes.run(async () => {
      for (const message of await this.#store.trashedBefore(this.#clock.now() - TRASH_KEPT_MS)) {
        await this.#remove(message);
      }
    });
  }

  /** What was heard long enough ago, as its owner says, goes to the trash; unheard and saved ones stay. */
  async retire(): Promise<void> {
    const now = this.#clock.now();
    for (const { id, settings } of await this.#accounts.all()) {
      const { keepVoicemailDays: days } = settings;
      if (days === null) continue;
      const count = await this.#changes.run(async () => {
        const heard = await this.#store.heardBefore(id, now - days * DAY_MS);
        for (const message of heard) {
          await this.#store.put({ ...message, folder: 'trash', trashedAt: now });
        }
        return heard.length;
      });
      if (count > 0) this.emit('changed', id);
    }
  }

  /** Media that no message refers to: of people who were removed, or of a crash in the middle. */
  async sweep(): Promise<void> {
    for (const id of await this.#store.orphans()) await this.#removeMedia(id);
  }

  /** At the start, and every hour. Never rejects: what could not go goes the next time. */
  async tidy(): Promise<void> {
    try {
      await this.retire();
      await this.purge();
      await this.sweep();
    } catch (error) {
      this.#logger.error({ err: error }, 'mailboxes not tidied');
    }
  }

  close(): void {
    this.#stopPurging();
  }

  async #change(
    message: Message,
    { read, folder, taken }: MessagePatch,
    by: Sender | null,
  ): Promise<Message> {
    const now = this.#clock.now();
    const { takenBy } = message;
    if (taken && takenBy && takenBy.userId !== by?.userId) {
      throw new AppError('wrong_state', `${takenBy.displayName} has taken it.`);
    }
    const changed: Message = {
      ...message,
      ...(read !== undefined && { readAt: read ? (message.readAt ?? now) : null }),
      ...(taken !== undefined && { takenBy: taken ? by : null }),
      ...(folder !== undefined && {
        folder,
        trashedAt: folder === 'trash' ? (message.trashedAt ?? now) : null,
      }),
    };
    await this.#store.put(changed);
    if (message.readAt === null && changed.readAt !== null) this.emit('read', changed);
    this.emit('changed', message.mailbox);
    return changed;
  }

  /** First the row: a message without media would be worse than media without a message. */
  async #remove({ id, recordingId }: Message): Promise<void> {
    await this.#store.remove(id);
    if (recordingId === null) return;
    const others = await this.#store.findByRecording(recordingId);
    if (others.length === 0) await this.#removeMedia(recordingId);
  }

  async #removeMedia(id: RecordingId): Promise<void> {
    await this.#recordings.delete(id).catch(unlessGone);
    await this.#store.orphanGone(id);
  }
}

const notFound = (): AppError => new AppError('not_found', 'There is no such message.');
