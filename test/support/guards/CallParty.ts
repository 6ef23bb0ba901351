import type { CallAdmission } from '../../../server/protocol/calls.ts';
import type { CallId } from '../../../server/protocol/ids.ts';
import type { ClientRequestReply, Snapshot } from '../../../server/protocol/signaling.ts';
import { RawClient, type Refusal } from '../rawClient.ts';
import { heardCall, type Somebody } from '../Somebody.ts';
import type { RunningApp } from '../startApp.ts';

interface Entered {
  readonly client: RawClient;
  readonly snapshot: Snapshot;
}

export interface Talk {
  readonly id: CallId;
  readonly placed: ClientRequestReply<'placeCall'>;
  /** The ways in, good for as long as the call is. */
  readonly admissions: { readonly caller: CallAdmission; readonly callee: CallAdmission };
  /** Both in the room. */
  readonly caller: Entered;
  readonly callee: Entered;
}

/** People on the line to a server that runs; their sockets are closed together. */
export class CallParty {
  readonly #running: RunningApp;
  readonly #open: RawClient[] = [];
  #guests = 0;

  constructor(running: RunningApp) {
    this.#running = running;
  }

  /** Somebody's page, which can be called. */
  async page(who: Somebody): Promise<RawClient> {
    return this.#kept(await who.page());
  }

  /** A socket and nothing more: each from an address of its own, if it is not said which. */
  async line({ cookie, from }: { cookie?: string; from?: string } = {}): Promise<RawClient> {
    this.#guests += 1;
    const address = from ?? `10.0.${this.#guests >> 8}.${this.#guests & 255}`;
    const { url } = this.#running;
    return this.#kept(
      await RawClient.open(url, { from: address, ...(cookie !== undefined && { cookie }) }),
    );
  }

  async enter({ roomId, token }: CallAdmission, name = 'Ann'): Promise<Entered> {
    const client = await this.line();
    return { client, snapshot: await client.request('join', { room: roomId, name, token }) };
  }

  /** Why somebody cannot come in with this, or `answered`. */
  async refusal(room: string, more: { token?: string; cookie?: string } = {}): Promise<string> {
    const { cookie, ...credentials } = more;
    const client = await this.line(cookie === undefined ? {} : { cookie });
    const joining = client.request('join', { room, name: 'Ann', ...credentials });
    return outcomeOf(joining);
  }

  /** One calls, the other answers, and both come into the room. */
  async talk(callerPage: RawClient, calleePage: RawClient, to: string): Promise<Talk> {
    const placed = await callerPage.request('placeCall', { to, name: 'Greta', video: false });
    const { id } = placed.call;
    if (placed.admission === undefined) throw new Error(`ended as ${placed.call.outcome}`);
    const caller = await this.enter(placed.admission);
    await heardCall(calleePage, (call) => call.id === id);
    const { admission } = await calleePage.request('answerCall', { callId: id });
    const callee = await this.enter(admission);
    return {
      id,
      placed,
      admissions: { caller: placed.admission, callee: admission },
      caller,
      callee,
    };
  }

  async close(): Promise<void> {
    for (const client of this.#open.splice(0)) await client.close();
  }

  #kept(client: RawClient): RawClient {
    this.#open.push(client);
    return client;
  }
}

/** `answered`, or the code of the refusal. */
export const outcomeOf = (request: Promise<unknown>): Promise<string> =>
  request.then(
    () => 'answered',
    (error: Refusal) => error.code ?? error.message,
  );
