import type { Notification, ServerRequestData, ServerRequestName } from '../protocol/signaling.ts';
import type { CloseCode } from '../protocol/errors.ts';

/** The wire to one client, as rooms see it. */
export interface Channel {
  /** Resolves when the client has answered; rejects when it refuses or goes away. */
  request<N extends ServerRequestName>(name: N, data: ServerRequestData<N>): Promise<void>;
  /** Never fails: what cannot be delivered is gone, and replayed by the snapshot of a resume. */
  notify(notification: Notification): void;
  /** Asks for a sign of life, and gives the channel up when there is none soon. */
  probe(): void;
  close(code: CloseCode, reason: string): void;
}
