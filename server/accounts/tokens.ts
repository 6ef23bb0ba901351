import { randomUUID } from 'node:crypto';
import { jwtVerify, SignJWT, type JWTPayload } from 'jose';
import { Type, type Static } from 'typebox';
import { Compile } from 'typebox/compile';
import { AppError } from '../base/AppError.ts';
import { DisplayNameSchema, foldRoomName } from '../protocol/ids.ts';
import { VideoGrantSchema, type VideoGrant } from '../protocol/rest.ts';
import { grantsOf, type Grants } from './permissions.ts';

const ISSUER = 'roomtone';
const ALGORITHM = 'HS256';
const MAX_TOKEN_LENGTH = 4096;
/** More forgives worse clocks, and keeps an expired token alive as long. */
const CLOCK_TOLERANCE_SECONDS = 30;

/** Grants of LiveKit that are unknown here are let through unread. */
const ClaimsSchema = Type.Object({
  sub: Type.String({ minLength: 1, maxLength: 128 }),
  name: Type.Optional(DisplayNameSchema),
  exp: Type.Number(),
  /** Of one side of a call: good as long as that is on. */
  leg: Type.Optional(Type.Literal(true)),
  /** Of who hears a message while it is left, and is not seen. */
  unseen: Type.Optional(Type.Literal(true)),
  video: Type.Object({
    ...VideoGrantSchema.properties,
    room: Type.String({ minLength: 1, maxLength: 128 }),
  }),
});
type Claims = Static<typeof ClaimsSchema>;
const claimsCheck = Compile(ClaimsSchema);

/** What a join token says about whoever shows it. */
export interface Bearer {
  readonly identity: string;
  readonly name: string | undefined;
  /** The id or the name of the only room it is good for. */
  readonly room: string;
  readonly grants: Grants;
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
  /** It is of one side of a call, and good as long as that is on. */
  readonly isLeg: boolean;
  /** The others in the room are not told that its bearer is there. */
  readonly isUnseen: boolean;
}

/** A room as a token may name it. A room that is not there yet has no id. */
export interface TokenRoom {
  readonly id?: string | undefined;
  readonly name: string;
}

export const signJoinToken = async (
  options: {
    identity: string;
    name?: string | undefined;
    room: string;
    grants: VideoGrant;
    ttlSeconds: number;
    isLeg?: boolean | undefined;
    isUnseen?: boolean | undefined;
  },
  secret: Uint8Array,
  nowMs: number,
): Promise<{ token: string; expiresAt: number }> => {
  const issuedAt = Math.floor(nowMs / 1000);
  const expiresAt = issuedAt + options.ttlSeconds;
  const token = await new SignJWT({
    ...(options.name !== undefined && { name: options.name }),
    video: { ...options.grants, room: options.room },
    ...(options.isLeg && { leg: true }),
    ...(options.isUnseen && { unseen: true }),
  })
    .setProtectedHeader({ alg: ALGORITHM, typ: 'JWT' })
    .setIssuer(ISSUER)
    .setSubject(options.identity)
    .setJti(randomUUID())
    .setNotBefore(issuedAt)
    .setExpirationTime(expiresAt)
    .sign(secret);
  return { token, expiresAt: expiresAt * 1000 };
};

/** Checks everything but the room. @throws AppError unauthorized, always in the same words. */
export const readJoinToken = async (
  token: string,
  secret: Uint8Array,
  nowMs: number,
): Promise<Bearer> => {
  const claims = await verifiedClaims(token, secret, nowMs);
  return {
    identity: claims.sub,
    name: claims.name,
    room: claims.video.room,
    grants: grantsOf(claims.video),
    expiresAt: claims.exp * 1000,
    isLeg: claims.leg ?? false,
    isUnseen: claims.unseen ?? false,
  };
};

/** Also the room must be the token's. @throws AppError unauthorized, always in the same words. */
export const verifyJoinToken = async (
  token: string,
  room: TokenRoom,
  secret: Uint8Array,
  nowMs: number,
): Promise<Bearer> => {
  const bearer = await readJoinToken(token, secret, nowMs);
  if (!isForRoom(bearer, room)) throw tokenNotValid();
  return bearer;
};

export const isForRoom = (bearer: Bearer, room: TokenRoom): boolean =>
  bearer.room === room.id || foldRoomName(bearer.room) === foldRoomName(room.name);

const verifiedClaims = async (
  token: string,
  secret: Uint8Array,
  nowMs: number,
): Promise<Claims> => {
  if (token.length > MAX_TOKEN_LENGTH) throw tokenNotValid();
  const payload = await verifiedPayload(token, secret, nowMs);
  if (!claimsCheck.Check(payload)) throw tokenNotValid();
  return payload;
};

const verifiedPayload = async (
  token: string,
  secret: Uint8Array,
  nowMs: number,
): Promise<JWTPayload> => {
  try {
    const { payload } = await jwtVerify(token, secret, {
      algorithms: [ALGORITHM],
      issuer: ISSUER,
      requiredClaims: ['exp', 'sub'],
      clockTolerance: CLOCK_TOLERANCE_SECONDS,
      currentDate: new Date(nowMs),
    });
    return payload;
  } catch (error) {
    throw tokenNotValid(error);
  }
};

export const tokenNotValid = (cause?: unknown): AppError =>
  new AppError('unauthorized', 'The token is not valid, or no longer.', { cause });
