import type { GreetingKind } from '../../../server/protocol/greetings.ts';
import { createECDH, randomBytes } from 'node:crypto';
import type { Account } from '../../../server/accounts/Account.ts';
import type { ApiKey } from '../../../server/accounts/ApiKeyStore.ts';
import { hashSecret } from '../../../server/accounts/secret.ts';
import {
  newId,
  type CallId,
  type VoicemailId,
  type ParticipantId,
} from '../../../server/protocol/ids.ts';
import type { NewPushSubscription } from '../../../server/protocol/push.ts';
import type { RecordingRecord } from '../../../server/recordings/RecordingRecord.ts';
import type { Room } from '../../../server/rooms/Room.ts';
import { wholeRecording } from '../../../server/recordings/RecordingShares.ts';
import type { HttpOnly } from '../httpOnly.ts';
import { shelve } from '../shelve.ts';
import { StandIn } from '../StandIn.ts';

const PASSWORD = 'correct horse battery';

/** Somebody with an account who is signed in in one browser. */
export interface Resident {
  readonly account: Account;
  /** As the browser sends it. */
  readonly cookie: string;
}

/** What one person has; each is made when it is asked for. */
export interface Belongings {
  readonly owner: Account;
  readonly room: Room;
  readonly ownerSecret: string;
  /** Somebody in the room. */
  readonly guest: () => Promise<ParticipantId>;
  readonly recording: () => Promise<RecordingRecord>;
  /** That rings at its owner. */
  readonly call: () => Promise<CallId>;
  readonly message: () => Promise<VoicemailId>;
  readonly greeting: () => Promise<GreetingKind>;
}

let settled = 0;

/** Olga and Fred, who have a room, a recording and a call each; Mia, who has none; an administrator. */
export class Neighbourhood {
  readonly edge: HttpOnly;
  readonly olga: Resident;
  readonly mia: Resident;
  readonly admin: Resident;
  /** Olga's. */
  readonly own: Belongings;
  /** Fred's. */
  readonly foreign: Belongings;
  /** In a mailbox that Olga looks after, too. */
  readonly shared: Belongings;

  static async create(edge: HttpOnly): Promise<Neighbourhood> {
    settled += 1;
    const [olga, fred, mia, admin, team] = await Promise.all([
      settle(edge, `olga-${settled}`),
      settle(edge, `fred-${settled}`),
      settle(edge, `mia-${settled}`),
      settle(edge, `admin-${settled}`, 'admin'),
      settle(edge, `team-${settled}`),
    ]);
    await edge.mailboxes.members.set(team.account, olga.account.name, 'editor');
    return new Neighbourhood(edge, { olga, fred, mia, admin, team });
  }

  private constructor(
    edge: HttpOnly,
    { olga, fred, mia, admin, team }: Record<'olga' | 'fred' | 'mia' | 'admin' | 'team', Resident>,
  ) {
    this.edge = edge;
    this.olga = olga;
    this.mia = mia;
    this.admin = admin;
    this.own = belongingsOf(edge, olga.account);
    this.foreign = belongingsOf(edge, fred.account);
    this.shared = belongingsOf(edge, team.account);
  }

  /** Of a browser that has signed out. */
  async signedOut(): Promise<string> {
    const { account } = this.olga;
    const { signIn, secret } = await this.edge.people.signIns.start(account, 'Lynx');
    await this.edge.people.signIns.end(account.id, signIn.id);
    return cookieOf(secret);
  }

  /** Of somebody who is no longer known here. */
  async removed(): Promise<string> {
    settled += 1;
    const { account, cookie } = await settle(this.edge, `gone-${settled}`, 'admin');
    await this.edge.people.accounts.remove(account.id);
    return cookie;
  }

  /** Somebody's second browser: the id of the sign-in. */
  async signInOf({ owner }: Belongings): Promise<string> {
    return (await this.edge.people.signIns.start(owner, 'Lynx')).signIn.id;
  }

  /** Somebody who looks after their mailbox, too. */
  async memberOf({ owner }: Belongings): Promise<string> {
    const { name } = this.mia.account;
    await this.edge.mailboxes.members.set(owner, name, 'reader');
    return name;
  }

  async shareOf(belongings: Belongings): Promise<{ id: string; secret: string }> {
    const { id } = await belongings.recording();
    const { share, secret } = await this.edge.recordings.shares.create(wholeRecording(id), {});
    return { id: share.id, secret };
  }

  async messageShareOf(belongings: Belongings): Promise<string> {
    const { id: recordingId } = await belongings.recording();
    const shared = { recordingId, messageId: await belongings.message() };
    return (await this.edge.recordings.shares.create(shared, {})).share.id;
  }

  /** The secret of a link that takes `PASSWORD`. */
  async lockedShareOf(belongings: Belongings): Promise<string> {
    const { id } = await belongings.recording();
    return (await this.edge.recordings.shares.create(wholeRecording(id), { password: PASSWORD }))
      .secret;
  }

  async renderOf(belongings: Belongings): Promise<string> {
    const { id } = await belongings.recording();
    const { renders } = this.edge.recordings;
    return (await renders.request(id, { layout: 'audio' })).id;
  }

  /** A browser of theirs that is told of calls. */
  async pushOf({ owner }: Belongings): Promise<string> {
    const { signIn } = await this.edge.people.signIns.start(owner, 'Lynx');
    const endpoint = `https://1.1.1.1/${signIn.id}`;
    return (await this.edge.push.subscriptions.add(signIn, { endpoint, keys: pushKeys() })).id;
  }

  async apiKey(scopes: ApiKey['scopes'], expiresInSeconds?: number): Promise<string> {
    return (await this.edge.apiKeys.create({ name: 'a', scopes, expiresInSeconds })).secret;
  }
}

/** As a browser makes them. */
export const pushKeys = (): NewPushSubscription['keys'] => {
  const key = createECDH('prime256v1');
  key.generateKeys();
  return {
    p256dh: key.getPublicKey('base64url'),
    auth: randomBytes(16).toString('base64url'),
  };
};

const cookieOf = (secret: string): string => `roomtone=${secret}`;

/** Without a password, which costs the time of ten requests. */
const settle = async (
  { people: { accounts, signIns } }: HttpOnly,
  name: string,
  role: 'admin' | 'member' = 'member',
): Promise<Resident> => {
  const account = await accounts.create({ name, role });
  const { secret } = await signIns.start(account, 'Lynx');
  return { account, cookie: cookieOf(secret) };
};

const once = <T>(make: () => Promise<T>): (() => Promise<T>) => {
  let made: Promise<T> | undefined;
  return () => (made ??= make());
};

const belongingsOf = (edge: HttpOnly, owner: Account): Belongings => {
  const { room, ownerSecret } = edge.rooms.create({ ownerId: owner.id });
  const recording = once(() =>
    shelve(
      edge,
      [{ content: Buffer.from('0123456789'), about: { name: `of-${owner.name}.webm` } }],
      {
        room: { id: room.id, name: room.name },
        ownerId: owner.id,
        ownerSecretHash: hashSecret(ownerSecret).toString('hex'),
        people: [personIn(owner.name), personIn('Greta')],
      },
    ),
  );
  return {
    owner,
    room,
    ownerSecret,
    guest: once(async () => {
      const guest = new StandIn('Greta');
      room.join(guest);
      return guest.id;
    }),
    recording,
    call: once(() => callFor(edge, owner)),
    message: once(async () => messageFor(edge, owner, await recording())),
    greeting: once(async () => greetingOf(edge, owner)),
  };
};

const greetingOf = async ({ greetings }: HttpOnly, { id }: Account): Promise<GreetingKind> => {
  const key = { userId: id, kind: 'unavailable', language: null } as const;
  return (await greetings.set(key, { recorded: Buffer.from('sound'), until: null })).kind;
};

const messageFor = async (
  { messages }: HttpOnly,
  owner: Account,
  { id: recordingId, files, durationMs }: RecordingRecord,
): Promise<VoicemailId> => {
  const id = newId('vm');
  await messages.put({
    id,
    mailbox: owner.id,
    from: { userId: null, name: null, displayName: 'Greta' },
    reason: 'offline',
    state: 'delivered',
    createdAt: 0,
    recordingId,
    durationMs,
    partial: false,
    pickedUp: false,
    files,
    urgent: false,
    note: null,
    forwardedBy: null,
    comment: null,
    takenBy: null,
    readAt: null,
    folder: 'inbox',
    trashedAt: null,
  });
  return id;
};

const personIn = (name: string): RecordingRecord['people'][number] => ({
  participantId: newId('part'),
  name,
  stays: [{ fromMs: 0, toMs: 1_000 }],
  consent: null,
});

const callFor = async ({ calls }: HttpOnly, { id, name }: Account): Promise<CallId> => {
  calls.registrar.add({
    userId: id,
    signInId: 'signin_none',
    active: true,
    notify: () => undefined,
    close: () => undefined,
  });
  const caller = { account: undefined, displayName: 'Greta' };
  return (await calls.service.place(caller, name, false)).call.id;
};
