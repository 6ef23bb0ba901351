import type { CloseCode } from '../../server/protocol/errors.ts';
import type {
  Notification,
  NotificationName,
  ServerRequestData,
} from '../../server/protocol/signaling.ts';
import type { Channel } from '../../server/rooms/Channel.ts';

type Offer = ServerRequestData<'offerTrack'>;

/** A channel that goes nowhere and remembers what was said. */
export class RecordingChannel implements Channel {
  readonly offers: Offer[] = [];
  readonly notifications: Notification[] = [];
  closedWith: CloseCode | undefined;
  /** How the client takes an offer. */
  answer: () => Promise<void> = () => Promise.resolve();

  request(_name: 'offerTrack', data: Offer): Promise<void> {
    this.offers.push(data);
    return this.answer();
  }

  notify(notification: Notification): void {
    this.notifications.push(notification);
  }

  probes = 0;

  probe(): void {
    this.probes += 1;
  }

  close(code: CloseCode): void {
    this.closedWith ??= code;
  }

  names(): NotificationName[] {
    return this.notifications.map(({ name }) => name);
  }
}
