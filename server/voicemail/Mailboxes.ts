import { EventEmitter } from 'node:events';
import type { Account } from '../accounts/Account.ts';
import { AppError } from '../base/AppError.ts';
import type { Clock } from '../base/Clock.ts';
import type { Logger } from '../base/logger.ts';
import { SerialQueue } from '../base/SerialQueue.ts';
import { newId, type RecordingId, type UserId, type VoicemailId } from '../protocol/ids.ts';
import type { Folder, VoicemailSummary } from '../protocol/voicemail.ts';
import type { RecordingRecord } from '../recordings/RecordingRecord.ts';
import type { RecordingService } from '../recordings/RecordingService.ts';
import type { Message, MessageQuery, MessageStore, Sender } from './Message.ts';
import { unlessGone } from './unlessGone.ts';

/** All messages of one person, in bytes: more keeps more, and one of many can fill the disk. */
const QUOTA_BYTES = 2 * 1024 * 1024 * 1024;
/** So long what was deleted can be had back. */
export const TRASH_KEPT_MS = 30 * 24 * 3_600_000;
const PURGE_EVERY_MS = 3_600_000;

export type MailboxesEvents = {
  /** Somebody has heard it now. */
  read: [message: Message];
  arrived: [message: Message];
  /** Something of it is another way now: tell its owner how much there is. */
  changed: [mailbox: UserId];
};

/** What people were left. */
export class Mailboxes extends EventEmitter<MailboxesEvents> {
  readonly #store: MessageStore;
  readonly #recordings: Pick<RecordingService, 'delete'>;
  readonly #clock: Clock;
  /** One change at a time: of two who take a message one has it, and what is gone stays gone. */
  readonly #changes = new SerialQueue();
  readonly #logger: Logger;
  readonly #stopPurging: () => void;

  constructor(options: {
    store: MessageStore;
    recordings: Pick<RecordingService, 'delete'>;
    clock: Clock;
    logger: Logger;
  }) {
    super();
    this.#store = options.store;
    this.#recordings = options.recordings;
    this.#clock = options.clock;
    this.#logger = options.logger;
    this.#stopPurging = options.clock.every(PURGE_EVERY_MS, () => void this.tidy());
  }

  /** AppError `mailbox_full`. */
  async checkSpace(mailbox: UserId): Promise<void> {
    const { bytes } = await this.#store.count(mailbox);
    if (bytes < QUOTA_BYTES) return;
    throw new AppError('mailbox_full', 'The mailbox is full.');
  }

  async arrived(message: Message): Promise<void> {
    this.emit('arrived', message);
    this.emit('changed', message.mailbox);
  }

  list(query: MessageQuery): Promise<Message[]> {
    return this.#store.list(query);
  }

  async summary(mailbox: UserId): Promise<VoicemailSummary> {
    const { bytes: _, ...counts } = await this.#store.count(mailbox);
    return counts;
  }

  /** AppError `not_found`, for what is somebody else's alike. */
  async get(mailbox: UserId, id: VoicemailId): Promise<Message> {
    const message = await this.#store.get(id);
    if (message?.mailbox !== mailbox || message.state !== 'delivered') throw notFound();
    return message;
  }

  change(
    mailbox: UserId,
    id: VoicemailId,
    patch: { read?: boolean | undefined; folder?: Folder | undefined },
  ): Promise<Message> {
    return this.#changes.run(() => this.#change(mailbox, id, patch));
  }

  async #change(
    mailbox: UserId,
    id: VoicemailId,
    { read, folder }: { read?: boolean | undefined; folder?: Folder | undefined },
  ): Promise<Message> {
    const message = await this.get(mailbox, id);
    const now = this.#clock.now();
    const changed: Message = {
      ...message,
      ...(read !== undefined && { readAt: read ? (message.readAt ?? now) : null }),
      ...(folder !== undefined && {
        folder,
        trashedAt: folder === 'trash' ? (message.trashedAt ?? now) : null,
      }),
    };
    await this.#store.put(changed);
    if (message.readAt === null && changed.readAt !== null) this.emit('read', changed);
    this.emit('changed', mailbox);
    return changed;
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
      await this.checkSpace(to.id);
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

  /** Media that no message refers to: of people who were removed, or of a crash in the middle. */
  async sweep(): Promise<void> {
    for (const id of await this.#store.orphans()) await this.#removeMedia(id);
  }

  /** At the start, and every hour. Never rejects: what could not go goes the next time. */
  async tidy(): Promise<void> {
    try {
      await this.purge();
      await this.sweep();
    } catch (error) {
      this.#logger.error({ err: error }, 'mailboxes not tidied');
    }
  }

  close(): void {
    this.#stopPurging();
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
