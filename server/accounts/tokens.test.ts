import { createHmac } from 'node:crypto';
import { SignJWT } from 'jose';
import { describe, expect, it } from 'vitest';
import { AppError } from '../base/AppError.ts';
import { can } from './permissions.ts';
import { signJoinToken, verifyJoinToken } from './tokens.ts';

const secret = Buffer.from('a secret of at least thirty-two bytes');
const now = Date.UTC(2026, 0, 1);
const seconds = now / 1000;
const room = { id: 'room_1', name: 'Über' };

const good = () =>
  signJoinToken(
    { identity: 'ana', name: 'Ana', room: room.id, grants: { roomJoin: true }, ttlSeconds: 60 },
    secret,
    now,
  );

const video = { room: 'room_1', roomJoin: true };
const claims = { iss: 'roomtone', sub: 'ana', exp: seconds + 60, video };
const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
/** By hand, so that wrong things can be signed rightly. */
const forge = (payload: unknown, header: unknown = { alg: 'HS256' }, key: Buffer = secret) => {
  const body = `${encode(header)}.${encode(payload)}`;
  return `${body}.${createHmac('sha256', key).update(body).digest('base64url')}`;
};
const refusal = async (token: string, asked: { id?: string; name: string } = room, at = now) => {
  const error: unknown = await verifyJoinToken(token, asked, secret, at).catch((e: unknown) => e);
  if (!(error instanceof AppError)) throw new Error(`not refused: ${JSON.stringify(error)}`);
  return `${error.code}: ${error.message}`;
};
const REFUSED = 'unauthorized: The token is not valid, or no longer.';

describe('join tokens', () => {
  it('carry identity, name and grants', async () => {
    const { token, expiresAt } = await good();
    const bearer = await verifyJoinToken(token, room, secret, now);
    expect(bearer).toMatchObject({ identity: 'ana', name: 'Ana', expiresAt: now + 60_000 });
    expect(expiresAt).toBe(now + 60_000);
    expect(can(bearer.grants, 'join')).toBe(true);
    expect(can(bearer.grants, 'updateRoom')).toBe(false);
  });

  it('may name the room, in any spelling', async () => {
    const token = forge({ ...claims, video: { ...video, room: 'ÜBER' } });
    await expect(verifyJoinToken(token, { name: 'über' }, secret, now)).resolves.toBeDefined();
  });

  it('may hold grants unknown here', async () => {
    const token = forge({ ...claims, video: { ...video, hidden: true, canPublishData: true } });
    await expect(verifyJoinToken(token, room, secret, now)).resolves.toBeDefined();
  });

  it('forgive clocks that differ by half a minute, not more', async () => {
    const { token } = await good();
    await expect(verifyJoinToken(token, room, secret, now + 85_000)).resolves.toBeDefined();
    expect(await refusal(token, room, now + 95_000)).toBe(REFUSED);
    expect(await refusal(token, room, now - 35_000)).toBe(REFUSED);
  });

  it.each(
    Object.entries({
      'alg none': `${encode({ alg: 'none' })}.${encode(claims)}.`,
      'alg none with signature': forge(claims, { alg: 'none' }),
      'alg HS512': forge(claims, { alg: 'HS512' }),
      'critical header': forge(claims, { alg: 'HS256', crit: ['x'], x: 1 }),
      'wrong key': forge(
        claims,
        { alg: 'HS256' },
        Buffer.from('another secret of thirty-two bytes!!'),
      ),
      'empty key': forge(claims, { alg: 'HS256' }, Buffer.alloc(0)),
      expired: forge({ ...claims, exp: seconds - 60 }),
      'no exp': forge({ ...claims, exp: undefined }),
      'exp in words': forge({ ...claims, exp: 'never' }),
      'not yet': forge({ ...claims, nbf: seconds + 60 }),
      'wrong issuer': forge({ ...claims, iss: 'somebody' }),
      'no issuer': forge({ ...claims, iss: undefined }),
      'no subject': forge({ ...claims, sub: undefined }),
      'no video': forge({ ...claims, video: undefined }),
      'no room': forge({ ...claims, video: { roomJoin: true } }),
      'another room': forge({ ...claims, video: { ...video, room: 'room_2' } }),
      'grant in words': forge({ ...claims, video: { ...video, roomAdmin: 'yes' } }),
      'name with controls': forge({ ...claims, name: 'a\nb' }),
      'payload null': forge(null),
      'payload a list': forge([]),
      truncated: forge(claims).slice(0, -4),
      'two parts': forge(claims).split('.').slice(0, 2).join('.'),
      'no base64': '!.!.!',
      empty: '',
      '64 KiB': forge({ ...claims, pad: 'x'.repeat(65_536) }),
      '64 KiB of dots': '.'.repeat(65_536),
    }),
  )('are refused in the same words: %s', async (_, token) => {
    expect(await refusal(token)).toBe(REFUSED);
  });

  it('are refused after any change of a character', async () => {
    const { token } = await good();
    const [head = '', body = '', signature = ''] = token.split('.');
    const other = encode({ ...claims, video: { ...video, roomAdmin: true } });
    expect(await refusal(`${head}.${other}.${signature}`)).toBe(REFUSED);
    expect(await refusal(`${head}.${body}.${signature.slice(1)}A`)).toBe(REFUSED);
  });

  it('signed by another algorithm of the same key are refused', async () => {
    const token = await new SignJWT(claims)
      .setProtectedHeader({ alg: 'HS384' })
      .sign(Buffer.concat([secret, secret]));
    expect(await refusal(token)).toBe(REFUSED);
  });
});
