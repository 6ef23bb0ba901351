import type { Account } from '../accounts/Account.ts';
import type { Sound } from '../rooms/MediaRoom.ts';
import type { Reason } from './Message.ts';

/** What callers hear. */
export interface Sounds {
  readonly beep: Sound;
  greetingOf(mailbox: Account, reason: Reason): Promise<Sound>;
}
