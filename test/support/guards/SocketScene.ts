import { randomUUID } from 'node:crypto';
import type { CallId, VoicemailId } from '../../../server/protocol/ids.ts';
import type { ClientRequestReply, Snapshot } from '../../../server/protocol/signaling.ts';
import type { RawClient } from '../rawClient.ts';
import { microphone } from '../rtp.ts';
import type { RunningApp } from '../startApp.ts';
import type { CallParty } from './CallParty.ts';
import type { Which } from './objects.ts';

interface Person {
  readonly name: string;
  readonly cookie: string;
}

/** Two who call each other, on a page each. */
export interface OnCall {
  readonly id: CallId;
  readonly callKey: string;
  readonly caller: RawClient;
  readonly callee: RawClient;
}

let scenes = 0;

/** A room with its owner secret, and calls: all that one asker is asked about, made as it is needed. */
export class SocketScene {
  readonly room = `scene-${(scenes += 1)}`;
  readonly ownerSecret: string;
  readonly #running: RunningApp;
  readonly #party: CallParty;
  readonly #snapshots = new Map<RawClient, Snapshot>();
  readonly #calls = new Map<Which, Promise<OnCall>>();
  #people = 0;

  constructor(running: RunningApp, party: CallParty) {
    this.#running = running;
    this.#party = party;
    ({ ownerSecret: this.ownerSecret } = running.app.rooms.create({ name: this.room }));
  }

  /** Signed in in one browser; without a password, which would take long. */
  async person(): Promise<Person> {
    const { accounts, signIns } = this.#running.app.people;
    const name = `${this.room}-${(this.#people += 1)}`;
    const { secret } = await signIns.start(await accounts.create({ name }), 'Lynx');
    return { name, cookie: `roomtone=${secret}` };
  }

  line(cookie?: string): Promise<RawClient> {
    return this.#party.line(cookie === undefined ? {} : { cookie });
  }

  /** Of a browser that has signed out. */
  async signedOut(): Promise<string> {
    const { signIns } = this.#running.app.people;
    const { cookie } = await this.person();
    const found = await signIns.whose(cookie.replace('roomtone=', ''));
    await signIns.endOwn(found!.signIn);
    return cookie;
  }

  async page({ cookie }: Person): Promise<RawClient> {
    const page = await this.line(cookie);
    await page.request('register', { active: true });
    return page;
  }

  async joined(room: string, more: { ownerSecret?: string } = {}): Promise<RawClient> {
    const line = await this.line();
    this.#snapshots.set(line, await line.request('join', { room, name: 'Ann', ...more }));
    return line;
  }

  /** Of who has joined; undefined for all others. */
  snapshotOf(client: RawClient): Snapshot | undefined {
    return this.#snapshots.get(client);
  }

  /** A room that is not the scene's. */
  elsewhere(): string {
    return this.#running.app.rooms.create({}).room.name;
  }

  /** `own`: of `caller` and `callee` among the askers. */
  call(which: Exclude<Which, 'absent'>): Promise<OnCall> {
    const call = this.#calls.get(which) ?? this.#ring();
    this.#calls.set(which, call);
    return call;
  }

  async answered(which: Exclude<Which, 'absent'>): Promise<OnCall> {
    const call = await this.call(which);
    await call.callee.request('answerCall', { callId: call.id });
    return call;
  }

  /** The caller leaves the callee a message. */
  async beingLeft(which: Exclude<Which, 'absent'>): Promise<VoicemailId> {
    const { id: callId, caller } = await this.call(which);
    const { message, admission } = await caller.request('leaveMessage', { callId });
    await this.#party.enter(admission);
    await caller.told('messageChanged', ({ state }) => state === 'greeting');
    return message.id;
  }

  /** Somebody in the asker's room who sends a track; `foreign`: in another room. */
  async neighbour(
    which: Exclude<Which, 'absent'>,
    asker: RawClient,
  ): Promise<{ snapshot: Snapshot; trackId: string }> {
    const room = this.snapshotOf(asker)?.room.name ?? this.room;
    const other = await this.joined(which === 'own' ? room : this.elsewhere());
    return { snapshot: this.snapshotOf(other)!, ...(await publish(other)) };
  }

  async #ring(): Promise<OnCall> {
    const [from, to] = [await this.person(), await this.person()];
    const [caller, callee] = [await this.page(from), await this.page(to)];
    const placed = await caller.request('placeCall', { to: to.name, video: false });
    return { id: placed.call.id, callKey: placed.callKey, caller, callee };
  }
}

export const publish = (client: RawClient): Promise<ClientRequestReply<'publish'>> =>
  client.request('publish', microphone());

export const noMediaId = randomUUID();
