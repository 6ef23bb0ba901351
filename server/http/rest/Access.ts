import type { FastifyRequest } from 'fastify';
import {
  adminGrants,
  can,
  ownerGrants,
  visitorGrants,
  type Action,
  type Grants,
} from '../../accounts/permissions.ts';
import { secretsEqual } from '../../accounts/secret.ts';
import { isForRoom, readJoinToken, type Bearer } from '../../accounts/tokens.ts';
import { AppError } from '../../base/AppError.ts';
import type { Clock } from '../../base/Clock.ts';
import type { Room } from '../../rooms/Room.ts';
import type { RoomRegistry } from '../../rooms/RoomRegistry.ts';
import { Allowance } from '../Allowance.ts';

const BEARER = /^Bearer +([\x21-\x7e]{1,4096})$/i;
const JWT = /^[\w-]+\.[\w-]+\.[\w-]*$/;

/**
 * Wrong credentials per address. Right ones always pass, so that nobody is locked out by a
 * neighbour; the secrets are too long to be guessed anyway.
 */
const WRONG_CREDENTIALS = { times: 60, windowMs: 60_000 };

export interface AccessOptions {
  readonly adminKey: string;
  readonly tokenSecret: Uint8Array;
  /** May anybody start a room? */
  readonly openTo: 'open' | 'members';
  readonly rooms: RoomRegistry;
  readonly clock: Clock;
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
  grants(request: FastifyRequest): Grants {
    if (request.headers.authorization === undefined) return visitorGrants(this.#options.openTo);
    const secret = bearerOf(request);
    if (this.#isAdmin(secret)) return adminGrants;
    throw this.#wrongBy(request, new AppError('unauthorized', 'These credentials are wrong.'));
  }

  /** @throws AppError unauthorized without credentials, forbidden with too small ones. */
  require(request: FastifyRequest, action: Action): Grants {
    const grants = this.grants(request);
    if (can(grants, action)) return grants;
    throw request.headers.authorization === undefined ? unauthorized() : forbidden();
  }

  /**
   * The room, if the asker may do this in it. Who holds nothing for a room cannot tell it from one
   * that is not there: not_found. @throws AppError unauthorized, forbidden, not_found, rate_limited
   */
  async requireIn(request: FastifyRequest, idOrName: string, action: Action): Promise<Room> {
    const secret = bearerOf(request);
    const room = this.#options.rooms.find(idOrName);
    if (this.#isAdmin(secret)) {
      if (!room) throw roomNotFound();
      return room;
    }
    const grants = await this.#grantsIn(room, secret).catch((error: unknown) => {
      throw this.#wrongBy(request, error);
    });
    if (!room || !grants) throw this.#wrongBy(request, roomNotFound());
    if (!can(grants, action)) throw forbidden();
    return room;
  }

  /** Counts the attempt. @throws AppError rate_limited when there were too many. */
  #wrongBy(request: FastifyRequest, error: unknown): unknown {
    this.#wrong.check(request.ip);
    this.#wrong.spend(request.ip);
    return error;
  }

  async #grantsIn(room: Room | undefined, secret: string): Promise<Grants | undefined> {
    if (!JWT.test(secret)) return room?.isOwner(secret) ? ownerGrants : undefined;
    // Read even when there is no such room: a bad token is answered alike for all rooms.
    const bearer = await this.#read(secret);
    return room && isForRoom(bearer, room) ? bearer.grants : undefined;
  }

  #read(token: string): Promise<Bearer> {
    return readJoinToken(token, this.#options.tokenSecret, this.#options.clock.now());
  }

  #isAdmin(secret: string): boolean {
    return secretsEqual(secret, this.#options.adminKey);
  }
}

const bearerOf = (request: FastifyRequest): string => {
  const secret = BEARER.exec(request.headers.authorization ?? '')?.[1];
  if (secret === undefined) throw unauthorized();
  return secret;
};

const unauthorized = (): AppError =>
  new AppError('unauthorized', 'Authorization: Bearer with a key, an owner secret or a token.');
const forbidden = (): AppError => new AppError('forbidden', 'These credentials do not allow this.');
export const roomNotFound = (): AppError => new AppError('not_found', 'There is no such room.');
