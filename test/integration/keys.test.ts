import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../../server/protocol/ids.ts';
import { ADMIN_KEY, httpOnly, type HttpOnly } from '../support/httpOnly.ts';

let edge: HttpOnly;
let url: string;
beforeAll(async () => {
  edge = await httpOnly({ config: { rooms: 'members' } });
  url = await edge.app.listen({ host: '127.0.0.1', port: 0 });
});
afterAll(() => edge.app.close());

const call = async (method: string, path: string, secret: string, body?: object) => {
  const response = await fetch(`${url}/api/v1${path}`, {
    method,
    headers: {
      authorization: `Bearer ${secret}`,
      ...(body && { 'content-type': 'application/json' }),
    },
    ...(body && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return {
    status: response.status,
    data: (text === '' ? {} : JSON.parse(text)) as Record<string, unknown>,
  };
};
const status = async (...args: Parameters<typeof call>) => (await call(...args)).status;
const create = async (body: object) => {
  const { data } = await call('POST', '/keys', ADMIN_KEY, body);
  return { ...data, id: String(data['id']), key: String(data['key']) };
};
const listed = async () =>
  (await call('GET', '/keys?limit=100', ADMIN_KEY)).data['items'] as Record<string, unknown>[];

describe('API keys', () => {
  it('are shown once', async () => {
    const made = await create({ name: 'nightly export', scopes: ['recordings:read'] });
    expect(made.key).toMatch(/^rtk_[\w-]{43}$/);
    const { key, ...rest } = made;
    expect(await listed()).toContainEqual(rest);
    expect(rest).toMatchObject({ lastUsedAt: null, expiresAt: null });
    expect(JSON.stringify(await listed())).not.toContain(key);
  });

  it('say when they were last used', async () => {
    const { id, key } = await create({ name: 'a', scopes: ['rooms:read'] });
    const lastUse = async () => (await listed()).find((one) => one['id'] === id)!['lastUsedAt'];
    const first = new Date(edge.clock.now()).toISOString();
    expect(await status('GET', '/rooms', key)).toBe(200);
    expect(await lastUse()).toBe(first);
    edge.clock.advance(59_000);
    await status('GET', '/rooms', key);
    expect(await lastUse()).toBe(first);
    edge.clock.advance(1_000);
    await status('GET', '/rooms', key);
    expect(await lastUse()).toBe(new Date(edge.clock.now()).toISOString());
  });

  it('end when they run out or are revoked', async () => {
    const short = await create({ name: 'a', scopes: ['rooms:read'], expiresInSeconds: 60 });
    const revoked = await create({ name: 'b', scopes: ['rooms:read'] });
    expect(await status('DELETE', `/keys/${revoked.id}`, ADMIN_KEY)).toBe(204);
    expect(await status('DELETE', `/keys/${revoked.id}`, ADMIN_KEY)).toBe(404);
    expect(await status('GET', '/rooms', short.key)).toBe(200);
    edge.clock.advance(60_000);
    const words = await Promise.all(
      [short.key, revoked.key, `rtk_${'x'.repeat(43)}`].map((key) => call('GET', '/rooms', key)),
    );
    for (const { status: code, data } of words) {
      expect([code, data['detail']]).toEqual([401, 'The key is not valid, or no longer.']);
    }
  });

  it('do what their scopes say in every room, and no more', async () => {
    const { key: reader } = await create({ name: 'r', scopes: ['rooms:read'] });
    const { key: writer } = await create({ name: 'w', scopes: ['rooms:write'] });
    const { key: archivist } = await create({ name: 'a', scopes: ['recordings:read'] });
    expect(await status('POST', '/rooms', reader, {})).toBe(403);
    expect(await status('POST', '/rooms', archivist, {})).toBe(403);
    const { status: code, data: room } = await call('POST', '/rooms', writer, {});
    expect(code).toBe(201);
    const path = `/rooms/${String(room['id'])}`;
    const rooms = async (key: string) => (await call('GET', '/rooms', key)).data['items'];
    expect(await rooms(reader)).toHaveLength(1);
    expect(await rooms(archivist)).toEqual([]);
    expect(await status('GET', `${path}/participants`, reader)).toBe(200);
    expect(await status('GET', `${path}/participants`, archivist)).toBe(403);
    expect(await status('PATCH', path, reader, { locked: true })).toBe(403);
    expect(await status('PATCH', path, writer, { locked: true })).toBe(200);
    expect(await status('PATCH', '/rooms/absent', reader, { locked: true })).toBe(403);
    expect(await status('PATCH', '/rooms/absent', writer, { locked: true })).toBe(404);
    const token = { identity: 'x', grants: { roomAdmin: true } };
    expect(await status('POST', `${path}/tokens`, writer, token)).toBe(201);
    expect(await status('DELETE', path, reader)).toBe(403);
    expect(await status('DELETE', path, writer)).toBe(204);
  });

  it('do not make keys', async () => {
    const scopes = ['rooms:read', 'rooms:write', 'recordings:read', 'recordings:write'];
    const { key, id } = await create({ name: 'all', scopes });
    expect(await status('POST', '/keys', key, { name: 'more', scopes })).toBe(403);
    expect(await status('GET', '/keys', key)).toBe(403);
    expect(await status('DELETE', `/keys/${id}`, key)).toBe(403);
    expect(await status('DELETE', `/keys/${newId('key')}`, key)).toBe(403);
  });

  it.each([
    {},
    { name: 'x' },
    { name: 'x', scopes: [] },
    { name: '', scopes: ['rooms:read'] },
    { name: 'x', scopes: ['rooms:read', 'rooms:read'] },
    { name: 'x', scopes: ['keys:write'] },
    { name: 'x', scopes: ['rooms:read'], expiresInSeconds: 0 },
    { name: 'x', scopes: ['rooms:read'], admin: true },
  ])('are not made of %j', async (body) => {
    expect(await status('POST', '/keys', ADMIN_KEY, body)).toBe(400);
  });

  it('are listed page by page, oldest first', async () => {
    for (let n = 0; n < 3; n += 1) await create({ name: `${n}`, scopes: ['rooms:read'] });
    const all = (await listed()).map(({ id }) => String(id));
    const pages: unknown[] = [];
    let cursor = '';
    do {
      const { data } = await call('GET', `/keys?limit=2${cursor}`, ADMIN_KEY);
      pages.push(...(data['items'] as { id: string }[]).map(({ id }) => id));
      const next = data['nextCursor'] as string | null;
      cursor = next === null ? '' : `&cursor=${next}`;
    } while (cursor);
    expect(pages).toEqual(all);
    expect(all).toEqual(all.toSorted());
  });
});
