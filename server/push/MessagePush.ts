import type { UserId } from '../protocol/ids.ts';
import type { Message } from '../voicemail/Message.ts';
import type { Channel } from '../voicemail/Outbox.ts';
import type { PushNotices } from './PushNotices.ts';

/** Who comes to their phone days later still wants to know; after that the page tells. */
const TTL_SECONDS = 7 * 86_400;

export interface MessagePushOptions {
  readonly notices: PushNotices;
  /** How many messages wait for somebody. */
  readonly countOf: (mailbox: UserId) => Promise<number>;
}

/** Tells the browsers of somebody, while no page is open in them, that there is a message. */
export class MessagePush implements Channel {
  readonly name = 'push';
  readonly #options: MessagePushOptions;

  constructor(options: MessagePushOptions) {
    this.#options = options;
  }

  async tell({ id, mailbox, from, durationMs, urgent, readAt }: Message): Promise<void> {
    const { notices, countOf } = this.#options;
    // Whoever was there, or has heard it by now, knows.
    if (readAt !== null || !(await notices.reaches(mailbox))) return;
    const taken = await notices.tell(
      mailbox,
      {
        kind: 'message',
        messageId: id,
        from: { name: from.name, displayName: from.displayName },
        durationMs: Math.round(durationMs),
        urgent,
        waiting: await countOf(mailbox),
        page: `/voicemail?message=${id}`,
      },
      {
        ttlSeconds: TTL_SECONDS,
        urgency: urgent ? 'high' : 'normal',
        // As long as a topic may be.
        topic: id.replace('vm_', '').replaceAll('-', ''),
      },
    );
    // Those that are gone were forgotten meanwhile.
    if (!taken && (await notices.reaches(mailbox))) throw new Error('no push service took it');
  }
}
