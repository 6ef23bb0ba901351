import type { UserId } from '../protocol/ids.ts';
import type { Message } from '../voicemail/Message.ts';
import type { Channel } from '../voicemail/Outbox.ts';
import type { PushNotices } from './PushNotices.ts';

/** Who comes to their phone days later still wants to know; after that the page tells. */
const TTL_SECONDS = 7 * 86_400;

export interface MessagePushOptions {
  readonly notices: PushNotices;
  /** Whom what is left there concerns: its owner, and who looks after it. */
  readonly readersOf: (mailbox: UserId) => Promise<readonly UserId[]>;
  /** The page on which a message is heard. */
  readonly pageOf: (message: Message) => Promise<string>;
  /** How many messages wait for somebody. */
  readonly countOf: (mailbox: UserId) => Promise<number>;
}

/** Tells the browsers of people, while no page is open in them, that there is a message for them. */
export class MessagePush implements Channel {
  readonly name = 'push';
  readonly #options: MessagePushOptions;

  constructor(options: MessagePushOptions) {
    this.#options = options;
  }

  async tell(message: Message): Promise<void> {
    const { readersOf, pageOf, countOf } = this.#options;
    // Whoever was there, or has heard it by now, knows.
    if (message.readAt !== null) return;
    const readers = await readersOf(message.mailbox);
    const about = { page: await pageOf(message), waiting: await countOf(message.mailbox) };
    const outcomes = await Promise.all(readers.map((one) => this.#tellOne(one, message, about)));
    // With whom it worked once it does not matter if it works again: the topic is the same.
    if (outcomes.includes(false)) throw new Error('no push service took it');
  }

  /** False when it is to be tried again. */
  async #tellOne(
    userId: UserId,
    { id, from, durationMs, urgent }: Message,
    about: { readonly page: string; readonly waiting: number },
  ): Promise<boolean> {
    const { notices } = this.#options;
    if (!(await notices.reaches(userId))) return true;
    const taken = await notices.tell(
      userId,
      {
        kind: 'message',
        messageId: id,
        from: { name: from.name, displayName: from.displayName },
        durationMs: Math.round(durationMs),
        urgent,
        ...about,
      },
      {
        ttlSeconds: TTL_SECONDS,
        urgency: urgent ? 'high' : 'normal',
        // As long as a topic may be.
        topic: id.replace('vm_', '').replaceAll('-', ''),
      },
    );
    // Those that are gone were forgotten meanwhile.
    return taken || !(await notices.reaches(userId));
  }
}
