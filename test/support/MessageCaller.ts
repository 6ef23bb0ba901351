import { Peer } from './peer.ts';
import { RawClient } from './rawClient.ts';
import type { DraftState } from '../../server/protocol/voicemail.ts';
import type { VoicemailId } from '../../server/protocol/ids.ts';

interface Left {
  readonly url: string;
  readonly client: RawClient;
  readonly peer: Peer;
  readonly messageId: VoicemailId;
  readonly messageKey: string;
}

/** A guest who reaches nobody and leaves a message, with a real microphone on werift. */
export class MessageCaller {
  readonly client: RawClient;
  readonly peer: Peer;
  readonly messageId: VoicemailId;
  readonly messageKey: string;
  readonly #url: string;

  /** `localAddress`: of this machine, for callers who are to count as different ones. */
  static async call(
    { url }: { readonly url: string },
    {
      to,
      name,
      toneHz,
      localAddress,
    }: { to: string; name: string; toneHz?: number; localAddress?: string },
  ): Promise<MessageCaller> {
    const client = await RawClient.open(url, localAddress === undefined ? {} : { localAddress });
    const { call } = await client.request('placeCall', { to, name, video: false });
    if (!call.mailbox) throw new Error(`${to} has no mailbox: ${call.state} ${call.outcome}`);
    const { message, messageKey, admission } = await client.request('leaveMessage', {
      callId: call.id,
    });
    const { roomId: room, token } = admission;
    const peer = new Peer({ url, room, name, token });
    await peer.send('microphone', toneHz === undefined ? {} : { toneHz });
    await peer.client.join();
    return new MessageCaller({ url, client, peer, messageId: message.id, messageKey });
  }

  private constructor({ url, client, peer, messageId, messageKey }: Left) {
    this.#url = url;
    this.client = client;
    this.peer = peer;
    this.messageId = messageId;
    this.messageKey = messageKey;
  }

  /** The first word of it from the server, past or future. */
  is(state: DraftState['state']): Promise<DraftState> {
    return this.client.told('messageChanged', (message) => message.state === state);
  }

  /** Since the beep. */
  async speaks(ms: number): Promise<void> {
    await this.is('recording');
    await new Promise((resolve) => setTimeout(resolve, ms));
  }

  /** Resolves when it can be listened to. */
  async stops(): Promise<DraftState> {
    await this.client.request('stopMessage', { messageId: this.messageId });
    return this.is('recorded');
  }

  sends(more: { urgent?: boolean; note?: string } = {}): Promise<DraftState> {
    return this.client.request('sendMessage', { messageId: this.messageId, ...more });
  }

  /** To what is recorded, with the key of the message. */
  async listens(): Promise<Response> {
    const { url } = await this.is('recorded');
    return fetch(`${this.#url}${url}`, { headers: { authorization: `Bearer ${this.messageKey}` } });
  }

  async close(): Promise<void> {
    this.client.socket.terminate();
    await this.peer.close();
  }
}
