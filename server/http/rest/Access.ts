import type { FastifyRequest } from 'fastify';
import { looksLikeApiKey, type ApiKeys } from '../../accounts/ApiKeys.ts';
import type { Account, SignIn } from '../../accounts/Account.ts';
import { personNotFound } from '../../accounts/Accounts.ts';
import type { People } from '../../accounts/People.ts';
import {
  accountOwnerGrants,
  adminGrants,
  can,
  canEverywhere,
  grantsOfRole,
  grantsOfScopes,
  managesPeople,
  mayRecord,
  noGrants,
  ownerGrants,
  visitorGrants,
  type Action,
  type Grants,
} from '../../accounts/permissions.ts';
import { hashSecret, matchesHash, secretsEqual } from '../../accounts/secret.ts';
import { isForRoom, readJoinToken, tokenNotValid, type Bearer } from '../../accounts/tokens.ts';
import { AppError } from '../../base/AppError.ts';
import type { Clock } from '../../base/Clock.ts';
import type { MailboxRole } from '../../protocol/mailboxes.ts';
import type { RecordingId, RoomId, UserId, VoicemailId } from '../../protocol/ids.ts';
import type { CallService } from '../../calls/CallService.ts';
import { recordingNotFound } from '../../recordings/Catalogue.ts';
import type { RecordingRecord } from '../../recordings/RecordingRecord.ts';
import type { RecordingService } from '../../recordings/RecordingService.ts';
import type { RecordingFilter } from '../../recordings/RecordingStore.ts';
import type { Room } from '../../rooms/Room.ts';
import type { RoomRegistry } from '../../rooms/RoomRegistry.ts';
import type { Mailboxes } from '../../voicemail/Mailboxes.ts';
import type { VoicemailService } from '../../voicemail/VoicemailService.ts';
import { Allowance } from '../Allowance.ts';
import { sessionSecretOf } from '../sessionCookie.ts';

const BEARER = /^Bearer +([\x21-\x7e]{1,4096})$/i;
const JWT = /^[\w-]+\.[\w-]+\.[\w-]*$/;
/** As `newSecret` makes them. */
const OWNER_SECRET = /^[\w-]{43}$/;

/**
 * Wrong credentials per address. Right ones always pass, so that nobody is locked out by a
 * neighbour; the secrets are too long to be guessed anyway.
 */
const WRONG_CREDENTIALS = { times: 60, windowMs: 60_000 };

export interface AccessOptions {
  readonly adminKey: string;
  readonly tokenSecret: Uint8Array;
  readonly apiKeys: ApiKeys;
  readonly people: People;
  /** May anybody start a room? */
  readonly openTo: 'open' | 'members';
  readonly rooms: RoomRegistry;
  readonly recordings: RecordingService;
  readonly voicemail: VoicemailService;
  readonly mailboxes: Mailboxes;
  readonly calls: Pick<CallService, 'accepts'>;
  readonly clock: Clock;
}

/** What was shown, checked as far as it can be without knowing what it is wanted for. */
type Holder =
  /** Of the admin key or an API key. */
  | { readonly kind: 'key'; readonly grants: Grants }
  /** Of the cookie of a browser in which somebody is signed in. */
  | { readonly kind: 'account'; readonly identity: Identity; readonly grants: Grants }
  | { readonly kind: 'token'; readonly bearer: Bearer }
  /** Maybe: which room it opens, if any, is yet to be seen. */
  | { readonly kind: 'owner'; readonly secret: string };

/** Somebody who is signed in, and where. */
export interface Identity {
  readonly account: Account;
  readonly signIn: SignIn;
}

/** Somebody in a room they may be in. */
export interface Asker {
  readonly room: Room;
  /** What else they may do in it. */
  readonly may: (action: Action) => boolean;
  /** Of the person a token was made for. */
  readonly name: string | null;
}

/** Who is asking, and may they? Every route asks here, before it does anything. */
export class Access {
  readonly #options: AccessOptions;
  readonly #wrong: Allowance;

  constructor(options: AccessOptions) {
    this.#options = options;
    this.#wrong = new Allowance({ ...WRONG_CREDENTIALS, clock: options.clock });
  }

  /** What the asker may do outside any room. @throws AppError unauthorized for wrong credentials. */
  async grants(request: FastifyRequest): Promise<Grants> {
    return (await this.#unbound(request))?.grants ?? visitorGrants(this.#options.openTo);
  }

  /** @throws AppError unauthorized without credentials, forbidden with too small ones. */
  async require(request: FastifyRequest, action: Action): Promise<void> {
    const holder = await this.#unbound(request);
    if (canEverywhere(holder?.grants ?? visitorGrants(this.#options.openTo), action)) return;
    throw holder ? forbidden() : unauthorized();
  }

  /** Who is signed in where this comes from, if anybody is. */
  identity(request: FastifyRequest): Promise<Identity | undefined> {
    return identityOf(request, this.#options.people);
  }

  /** @throws AppError unauthorized when nobody is signed in there. */
  async requireIdentity(request: FastifyRequest): Promise<Identity> {
    const identity = await this.identity(request);
    if (identity) return identity;
    throw unauthorized();
  }

  /**
   * The person of this name (`me`: who asks), if the asker may do this with what is theirs. To whom
   * it is closed cannot tell whether there is anybody. @throws AppError unauthorized, forbidden, not_found
   */
  async requireUser(request: FastifyRequest, name: string, action: Action): Promise<Account> {
    return (await this.askerOfUser(request, name, action)).account;
  }

  /** As `requireUser`, for one's own mailbox or one that one looks after with others. */
  async requireMailbox(request: FastifyRequest, name: string, action: Action): Promise<Account> {
    return (await this.mailboxFor(request, name, action)).account;
  }

  /** `isOwn`: whoever asks is signed in as its owner. Otherwise as `requireMailbox`. */
  async mailboxFor(
    request: FastifyRequest,
    name: string,
    action: Action,
  ): Promise<{ account: Account; role: MailboxRole | 'owner'; isOwn: boolean }> {
    const { mailboxes, people } = this.#options;
    const viewer = request.headers.authorization ? undefined : await this.identity(request);
    const account = viewer && name !== 'me' ? await people.accounts.findByName(name) : undefined;
    const role =
      account && viewer && (await mailboxes.members.roleIn(account.id, viewer.account.id));
    if (account && role && (role === 'editor' || action !== 'editVoicemail'))
      return { account, role, isOwn: false };
    const { account: owner, isSelf } = await this.askerOfUser(request, name, action);
    return { account: owner, role: 'owner', isOwn: isSelf };
  }

  /** As `requireUser`, for who has to know more of the asker. */
  async askerOfUser(
    request: FastifyRequest,
    name: string,
    action: Action,
  ): Promise<{ account: Account; isSelf: boolean; may: (action: Action) => boolean }> {
    const holder = await this.#unbound(request);
    if (!holder) throw unauthorized();
    const own = holder.kind === 'account' ? holder.identity.account : undefined;
    const account = name === 'me' ? own : await this.#options.people.accounts.findByName(name);
    const isSelf = account !== undefined && account.id === own?.id;
    const may = (other: Action): boolean =>
      (isSelf && can(accountOwnerGrants, other)) || canEverywhere(holder.grants, other);
    if (holder.kind === 'key' && !may(action)) throw forbidden();
    if (!account || !may(action)) throw personNotFound();
    // Who can become an administrator by way of one has all their rights.
    const isAbove = account.role === 'admin' && managesPeople(action) && !may('manageAdmins');
    if (isAbove && !isSelf) throw forbidden();
    return { account, isSelf, may };
  }

  /**
   * A person for who wants to know if they are there: by their own setting everybody may, or those who
   * are signed in. To anybody else nobody is there. @throws AppError unauthorized, not_found, rate_limited
   */
  async personIn(
    request: FastifyRequest,
    name: string,
  ): Promise<{ account: Account; viewer: Account | undefined; seesAll: boolean }> {
    const holder = await this.#unbound(request);
    const viewer = holder?.kind === 'account' ? holder.identity.account : undefined;
    const account = name === 'me' ? viewer : await this.#options.people.accounts.findByName(name);
    const grants = holder?.grants ?? noGrants;
    const isOpen = account?.settings.presenceVisibleTo === 'everybody';
    if (account && (isOpen || canEverywhere(grants, 'listPeople'))) {
      return { account, viewer, seesAll: holder?.kind === 'key' };
    }
    throw holder ? personNotFound() : this.#wrongBy(request, personNotFound());
  }

  /** Somebody not bound to one room. @throws AppError unauthorized for wrong credentials */
  async #unbound(
    request: FastifyRequest,
  ): Promise<Extract<Holder, { kind: 'key' | 'account' }> | undefined> {
    if (request.headers.authorization === undefined) {
      const identity = await this.identity(request);
      return identity && holderOf(identity);
    }
    const holder = await this.#holder(request);
    if (holder.kind === 'key' || holder.kind === 'account') return holder;
    throw this.#wrongBy(request, wrongCredentials());
  }

  /**
   * The room, if the asker may do this in it. Who holds nothing for a room cannot tell it from one
   * that is not there: not_found. @throws AppError unauthorized, forbidden, not_found, rate_limited
   */
  async requireIn(request: FastifyRequest, idOrName: string, action: Action): Promise<Room> {
    return (await this.askerIn(request, idOrName, action)).room;
  }

  /** As `requireIn`, for who has to know more of the asker. */
  async askerIn(request: FastifyRequest, idOrName: string, action: Action): Promise<Asker> {
    const holder = await this.#holder(request);
    const room = this.#options.rooms.find(idOrName);
    const grants = grantsIn(holder, room);
    if (holder.kind === 'key' && !canEverywhere(holder.grants, action)) throw forbidden();
    if (!room || !grants) throw this.#missed(request, holder, roomNotFound());
    const may = (other: Action): boolean =>
      holder.kind === 'key' ? canEverywhere(grants, other) : mayIn(room, grants, other);
    if (!may(action)) throw forbidden();
    return { room, may, name: nameOf(holder) };
  }

  /** As `requireIn`; a recording outlives its room. @throws as `requireIn` */
  async requireRecording(
    request: FastifyRequest,
    id: RecordingId,
    action: Action,
  ): Promise<RecordingRecord> {
    const holder = await this.#holder(request);
    if (holder.kind === 'key' && !canEverywhere(holder.grants, action)) throw forbidden();
    const found = await this.#recording(id);
    // Messages are had by their mailbox alone.
    const record = found?.voicemail === undefined ? found : undefined;
    const grants = record && this.#grantsFor(holder, record);
    if (!record || !grants) throw this.#missed(request, holder, recordingNotFound());
    const room = this.#options.rooms.find(record.room.id);
    if (holder.kind !== 'key' && !mayIn(room, grants, action)) throw forbidden();
    return record;
  }

  /**
   * Where the files of a message are: for the owner of the mailbox, and until it is sent for whoever
   * leaves it. @throws as `requireUser`
   */
  async requireMessageMedia(
    request: FastifyRequest,
    { user, id }: { user: string; id: VoicemailId },
  ): Promise<RecordingId> {
    const key = BEARER.exec(request.headers.authorization ?? '')?.[1];
    const own = key === undefined ? undefined : this.#options.voicemail.mediaByKey(id, key);
    if (own) return own;
    const owner = await this.requireMailbox(request, user, 'readVoicemail');
    const { recordingId } = await this.#options.mailboxes.get(owner.id, id);
    if (recordingId === null) throw recordingNotFound();
    return recordingId;
  }

  /**
   * Which recordings the asker may list; undefined: there can be none.
   * @throws AppError unauthorized, forbidden, rate_limited
   */
  async recordingFilter(request: FastifyRequest): Promise<RecordingFilter | undefined> {
    const holder = await this.#holder(request);
    if (holder.kind === 'key') {
      if (!canEverywhere(holder.grants, 'readRecordings')) throw forbidden();
      return {};
    }
    if (holder.kind === 'account') {
      return canEverywhere(holder.grants, 'readRecordings')
        ? {}
        : { ownerId: holder.identity.account.id };
    }
    if (holder.kind === 'token') {
      if (!can(holder.bearer.grants, 'readRecordings')) throw forbidden();
      const roomId = this.#roomIdOf(holder.bearer);
      return roomId && { roomId };
    }
    if (!OWNER_SECRET.test(holder.secret)) throw this.#wrongBy(request, wrongCredentials());
    return { ownerSecretHash: hashSecret(holder.secret).toString('hex') };
  }

  async #holder(request: FastifyRequest): Promise<Holder> {
    if (request.headers.authorization === undefined) {
      return holderOf(await this.requireIdentity(request));
    }
    const { adminKey, apiKeys, tokenSecret, calls, clock } = this.#options;
    const secret = bearerOf(request);
    if (secretsEqual(secret, adminKey)) return { kind: 'key', grants: adminGrants };
    try {
      if (looksLikeApiKey(secret)) {
        const { scopes } = await apiKeys.verify(secret);
        return { kind: 'key', grants: grantsOfScopes(scopes) };
      }
      if (!JWT.test(secret)) return { kind: 'owner', secret };
      // Read whatever it is for: a bad token is answered alike everywhere.
      const bearer = await readJoinToken(secret, tokenSecret, clock.now());
      if (!calls.accepts(bearer)) throw tokenNotValid();
      return { kind: 'token', bearer };
    } catch (error) {
      throw this.#wrongBy(request, error);
    }
  }

  #recording(id: RecordingId): Promise<RecordingRecord | undefined> {
    return this.#options.recordings.get(id).catch((error: unknown) => {
      if (error instanceof AppError && error.code === 'not_found') return undefined;
      throw error;
    });
  }

  #grantsFor(
    holder: Holder,
    { room, ownerSecretHash, ownerId }: RecordingRecord,
  ): Grants | undefined {
    if (holder.kind === 'key') return holder.grants;
    if (holder.kind === 'account') return grantsOfOwner(holder, ownerId ?? null);
    if (holder.kind === 'token') {
      return this.#roomIdOf(holder.bearer) === room.id ? holder.bearer.grants : undefined;
    }
    const isOwner = matchesHash(holder.secret, Buffer.from(ownerSecretHash, 'hex'));
    return isOwner ? ownerGrants : undefined;
  }

  /**
   * A name may belong to another room tomorrow, so a token that names one is good only for the room
   * that has it now; one with an id is good for the recordings of a room that is gone, too.
   */
  #roomIdOf({ room }: Bearer): RoomId | undefined {
    return this.#options.rooms.find(room)?.id ?? (isRoomId(room) ? room : undefined);
  }

  /** Keys are not guessed at: who holds one may look for what is not there. */
  #missed(request: FastifyRequest, holder: Holder, error: AppError): unknown {
    const known = holder.kind === 'key' || holder.kind === 'account';
    return known ? error : this.#wrongBy(request, error);
  }

  /** Counts the attempt. @throws AppError rate_limited when there were too many. */
  #wrongBy(request: FastifyRequest, error: unknown): unknown {
    this.#wrong.check(request.ip);
    this.#wrong.spend(request.ip);
    return error;
  }
}

/** Who is signed in where a request comes from, if anybody is. */
export const identityOf = async (
  request: FastifyRequest,
  { signIns }: People,
): Promise<Identity | undefined> => {
  const secret = sessionSecretOf(request);
  return secret === undefined ? undefined : signIns.whose(secret);
};

type AccountHolder = Extract<Holder, { kind: 'account' }>;

const holderOf = (identity: Identity): AccountHolder => ({
  kind: 'account',
  identity,
  grants: grantsOfRole(identity.account.role),
});

/** In a room that somebody owns by their account, or what was recorded in it. */
const grantsOfOwner = (holder: AccountHolder, ownerId: UserId | null): Grants | undefined => {
  const { id, role } = holder.identity.account;
  if (role === 'admin') return holder.grants;
  return ownerId === id ? ownerGrants : undefined;
};

const nameOf = (holder: Holder): string | null => {
  if (holder.kind === 'account') return holder.identity.account.displayName;
  return (holder.kind === 'token' && holder.bearer.name) || null;
};

const grantsIn = (holder: Holder, room: Room | undefined): Grants | undefined => {
  if (holder.kind === 'key') return holder.grants;
  if (holder.kind === 'account') return room && grantsOfOwner(holder, room.ownerId);
  if (holder.kind === 'token') {
    return room && isForRoom(holder.bearer, room) ? holder.bearer.grants : undefined;
  }
  return room?.isOwner(holder.secret) ? ownerGrants : undefined;
};

const mayIn = (room: Room | undefined, grants: Grants, action: Action): boolean =>
  action === 'record'
    ? mayRecord(grants, room?.recording.allowed ?? 'moderators')
    : can(grants, action);

const isRoomId = (room: string): room is RoomId => room.startsWith('room_');

const bearerOf = (request: FastifyRequest): string => {
  const secret = BEARER.exec(request.headers.authorization ?? '')?.[1];
  if (secret === undefined) throw unauthorized();
  return secret;
};

const unauthorized = (): AppError =>
  new AppError('unauthorized', 'Sign in, or send a key, an owner secret or a token as Bearer.');
const wrongCredentials = (): AppError =>
  new AppError('unauthorized', 'These credentials are wrong.');
const forbidden = (): AppError => new AppError('forbidden', 'These credentials do not allow this.');
export const roomNotFound = (): AppError => new AppError('not_found', 'There is no such room.');
