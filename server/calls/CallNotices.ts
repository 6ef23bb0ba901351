import type { CallState } from '../protocol/calls.ts';
import type { UserId } from '../protocol/ids.ts';

/** What rings beside the browsers that are open. Nothing rejects. */
export interface CallNotices {
  /** Is there anything that would ring? */
  reaches(userId: UserId): Promise<boolean>;
  /** True: something will ring, as far as anybody can tell. */
  ring(userId: UserId, call: CallState): Promise<boolean>;
  /** It rings no more. */
  stop(userId: UserId, call: CallState): Promise<boolean>;
}
