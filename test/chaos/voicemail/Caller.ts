import type { DraftState } from '../../../server/protocol/voicemail.ts';
import { RawClient } from '../../support/rawClient.ts';
import { TruthPeer } from '../../support/truth/TruthPeer.ts';

export interface CallerOptions {
  readonly url: string;
  readonly to: string;
  readonly name: string;
  /** What the voice says, 1 to 10. */
  readonly n: number;
  /** An address, for servers that believe a proxy. */
  readonly from?: string;
}

/** Somebody who is not let through and leaves a message, in a voice whose every beep is known. */
export class Caller {
  readonly client: RawClient;
  readonly name: string;
  readonly n: number;
  #peer: TruthPeer | undefined;
  #id: DraftState['id'] | undefined;
  /** Has read that it is saved. */
  acknowledged = false;

  static async call(options: CallerOptions): Promise<Caller> {
    const { url, from } = options;
    const client = await RawClient.open(url, { ...(from !== undefined && { from }) });
    return new Caller(client, options);
  }

  private constructor(client: RawClient, { name, n }: CallerOptions) {
    this.client = client;
    this.name = name;
    this.n = n;
  }

  get id(): DraftState['id'] {
    if (!this.#id) throw new Error(`${this.name} leaves no message`);
    return this.#id;
  }

  get voice(): TruthPeer {
    if (!this.#peer) throw new Error(`${this.name} says nothing`);
    return this.#peer;
  }

  /** Until it is greeted. */
  async begin({ url, to }: Pick<CallerOptions, 'url' | 'to'>): Promise<void> {
    const { client, name, n } = this;
    const { call } = await client.request('placeCall', { to, name, video: false });
    const { message, admission } = await client.request('leaveMessage', { callId: call.id });
    this.#id = message.id;
    const { roomId: room, token } = admission;
    this.#peer = await TruthPeer.join({ url, room, token, name, n, video: 'none' });
    await this.is('greeting');
  }

  /** When it was told of this state, as the process's time. */
  async is(state: string): Promise<DraftState> {
    return this.client.told('messageChanged', (draft) => draft.state === state);
  }

  async stop(): Promise<void> {
    await this.client.request('stopMessage', { messageId: this.id });
  }

  async send(): Promise<void> {
    const { state } = await this.client.request('sendMessage', { messageId: this.id });
    this.acknowledged = state === 'saved';
  }

  /** Has it been told that its message is saved, one way or the other? */
  get wasToldSaved(): boolean {
    const said = this.client.saidOf('messageChanged').some(({ state }) => state === 'saved');
    return said || this.acknowledged;
  }

  async leave(): Promise<void> {
    this.client.socket.terminate();
    await this.#peer?.leave();
  }
}
