import { CLOSE_CODE, type CloseCode } from '../protocol/errors.ts';
import type { Notification, ServerRequestData, ServerRequestName } from '../protocol/signaling.ts';
import type { Channel } from './Channel.ts';

/** The way to one client, over channels that come and go. */
export class Wire {
  #channel: Channel | undefined;

  /** Speaks through `channel` from now on; an older one is closed as replaced. */
  attach(channel: Channel): void {
    this.#channel?.close(CLOSE_CODE.replaced, 'Opened on a newer connection');
    this.#channel = channel;
  }

  /** False for a channel that a newer one has replaced. */
  isOn(channel: Channel): boolean {
    return this.#channel === channel;
  }

  /** The channel is gone. False when a newer one has taken its place. */
  detach(channel: Channel): boolean {
    if (!this.isOn(channel)) return false;
    this.#channel = undefined;
    return true;
  }

  /** Rejects when the client refuses, is too late, or is not there now. */
  request<N extends ServerRequestName>(name: N, data: ServerRequestData<N>): Promise<void> {
    return this.#channel?.request(name, data) ?? Promise.reject(new Error('No channel now'));
  }

  /** To nobody while there is no channel: the snapshot of a resume makes up for it. */
  notify(notification: Notification): void {
    this.#channel?.notify(notification);
  }

  /** Is anybody there? If not the channel goes, and comes off this wire. */
  probe(): void {
    this.#channel?.probe();
  }

  close(code: CloseCode, reason: string): void {
    this.#channel?.close(code, reason);
    this.#channel = undefined;
  }
}
