import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApp, type RunningApp } from '../support/startApp.ts';

let running: RunningApp;
beforeAll(async () => {
  running = await startApp();
});
afterAll(() => running.close());

interface Created {
  id: string;
  name: string;
  ownerSecret: string;
}

const call = async (method: string, path: string, secret?: string, body?: unknown) => {
  const response = await fetch(`${running.url}/api/v1${path}`, {
    method,
    headers: {
      ...(secret !== undefined && { authorization: `Bearer ${secret}` }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  const data = (text === '' ? undefined : JSON.parse(text)) as Record<string, unknown>;
  return { status: response.status, headers: response.headers, data };
};
const status = async (...args: Parameters<typeof call>) => (await call(...args)).status;
const create = async (body: object = {}): Promise<Created> =>
  (await call('POST', '/rooms', undefined, body)).data as unknown as Created;
const tokenFor = async (room: Created, grants: object, ttlSeconds = 60) => {
  const body = { identity: 'ana', name: 'Ana', ttlSeconds, grants };
  const { data } = await call('POST', `/rooms/${room.id}/tokens`, room.ownerSecret, body);
  return String(data['token']);
};

/** The ids of all pages, two rooms each. */
const allRooms = async (secret?: string): Promise<string[]> => {
  const ids: string[] = [];
  let cursor = '';
  do {
    const { data } = await call('GET', `/rooms?limit=2${cursor}`, secret);
    const page = data as { items: { id: string }[]; nextCursor: string | null };
    expect(page.items.length).toBeLessThanOrEqual(2);
    ids.push(...page.items.map(({ id }) => id));
    cursor = page.nextCursor === null ? '' : `&cursor=${page.nextCursor}`;
  } while (cursor);
  return ids;
};

/** The least of a browser: joins over the socket and notes how it closed. */
const join = async (data: object) => {
  const socket = new WebSocket(`${running.url.replace('http', 'ws')}/api/v1/signaling`, 'protoo');
  await once(socket, 'open');
  const closed = once(socket, 'close').then(([event]) => (event as CloseEvent).code);
  const reply = once(socket, 'message').then(
    ([event]) => JSON.parse(String((event as MessageEvent).data)) as { ok: boolean; data: unknown },
  );
  socket.send(JSON.stringify({ request: true, id: 1, method: 'join', data }));
  const { ok, data: snapshot } = await reply;
  expect(ok).toBe(true);
  return { closed, snapshot: snapshot as { self: { id: string; role: string } } };
};

describe('rooms', () => {
  it('are started by anybody, who gets the owner secret once', async () => {
    const { status: code, headers, data } = await call('POST', '/rooms', undefined, {});
    expect(code).toBe(201);
    expect(headers.get('location')).toBe(`/api/v1/rooms/${String(data['id'])}`);
    expect(data).toMatchObject({ locked: false, listed: false, participantCount: 0 });
    expect(String(data['createdAt'])).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
    const again = await call('GET', `/rooms/${String(data['name'])}`);
    const { ownerSecret: _, ...rest } = data;
    expect(again.data).toEqual(rest);
    expect((await call('GET', `/rooms/${String(data['id'])}`)).data).toEqual(rest);
  });

  it('have one name, however it is typed', async () => {
    const room = await create({ name: 'Größe-1' });
    expect(await status('POST', '/rooms', undefined, { name: 'GRÖßE-1' })).toBe(409);
    expect((await call('GET', `/rooms/${encodeURIComponent('GRÖßE-1')}`)).data['id']).toBe(room.id);
  });

  it('are listed only when their starter says so, and all of them for the admin', async () => {
    const shown = await create({ listed: true });
    const hidden = await create();
    const forAnybody = await allRooms();
    expect(forAnybody).toContain(shown.id);
    expect(forAnybody).not.toContain(hidden.id);
    const forAdmin = await allRooms(running.adminKey);
    expect(forAdmin).toEqual(expect.arrayContaining([shown.id, hidden.id]));
    expect(forAdmin).toEqual(forAdmin.toSorted((a, b) => (a < b ? -1 : 1)));
    expect(await status('GET', '/rooms', 'wrong')).toBe(401);
  });

  it('are changed and ended by whoever may', async () => {
    const room = await create();
    const moderator = await tokenFor(room, { roomAdmin: true });
    const locked = await call('PATCH', `/rooms/${room.id}`, moderator, { locked: true });
    expect(locked).toMatchObject({ status: 200, data: { locked: true, listed: false } });
    const listed = await call('PATCH', `/rooms/${room.name}`, room.ownerSecret, { listed: true });
    expect(listed).toMatchObject({ status: 200, data: { locked: true, listed: true } });
    expect(await status('DELETE', `/rooms/${room.id}`, moderator)).toBe(403);
    expect(await status('DELETE', `/rooms/${room.id}`, room.ownerSecret)).toBe(204);
    expect(await status('GET', `/rooms/${room.id}`)).toBe(404);
    expect(await status('DELETE', `/rooms/${room.id}`, running.adminKey)).toBe(404);
    expect(await status('PATCH', `/rooms/${room.id}`, moderator, {})).toBe(404);
  });
});

describe('credentials', () => {
  const routes: [method: string, path: string, body?: object][] = [
    ['PATCH', '', {}],
    ['DELETE', ''],
    ['GET', '/participants'],
    ['DELETE', '/participants/part_0190f000-0000-7000-8000-000000000000'],
    ['POST', '/tokens', { identity: 'x' }],
  ];

  it.each(routes)('%s /rooms/:id%s tells nothing to strangers', async (method, path, body) => {
    const room = await create();
    const other = await create();
    const guest = await tokenFor(room, {});
    const elsewhere = await tokenFor(other, { roomAdmin: true });
    const ask = (id: string, secret?: string) =>
      status(method, `/rooms/${id}${path}`, secret, body);
    // The same for a room that is there and for one that is not.
    for (const id of [room.id, 'absent']) {
      expect(await ask(id)).toBe(401);
      expect(await ask(id, 'x.y.z')).toBe(401);
      expect(await ask(id, other.ownerSecret)).toBe(404);
      expect(await ask(id, elsewhere)).toBe(404);
    }
    expect(await ask(room.id, guest)).toBe(403);
    expect(await ask('absent', running.adminKey)).toBe(404);
  });

  it('make tokens for one room and no more rights than asked for', async () => {
    const room = await create();
    const body = { identity: 'ben', grants: { canPublish: false } };
    const { status: code, data } = await call(
      'POST',
      `/rooms/${room.name}/tokens`,
      running.adminKey,
      body,
    );
    expect(code).toBe(201);
    const [, payload = ''] = String(data['token']).split('.');
    expect(JSON.parse(Buffer.from(payload, 'base64url').toString())).toMatchObject({
      iss: 'roomtone',
      sub: 'ben',
      video: { room: room.id, roomJoin: true, canPublish: false },
    });
    const inAnHour = Date.now() + 3_600_000;
    expect(Math.abs(Date.parse(String(data['expiresAt'])) - inAnHour)).toBeLessThan(5_000);
    for (const grants of [{ room: 'other' }, { roomOwner: true }, { roomAdmin: 'yes' }]) {
      const bad = { identity: 'ben', grants };
      expect(await status('POST', `/rooms/${room.id}/tokens`, room.ownerSecret, bad)).toBe(400);
    }
  });
});

describe('participants', () => {
  it('are listed in order of arrival, without their tracks', async () => {
    const room = await create({ locked: true });
    const token = await tokenFor(room, { roomAdmin: true });
    const ben = await join({ room: room.name, name: 'Ben', ownerSecret: room.ownerSecret });
    const ana = await join({ room: room.id, name: 'somebody', token });
    expect([ben.snapshot.self.role, ana.snapshot.self.role]).toEqual(['owner', 'moderator']);

    const { data } = await call('GET', `/rooms/${room.id}/participants`, token);
    expect(data).toMatchObject({
      items: [
        { id: ben.snapshot.self.id, name: 'Ben', role: 'owner', connection: 'connected' },
        { id: ana.snapshot.self.id, name: 'Ana', role: 'moderator', connection: 'connected' },
      ],
      nextCursor: null,
    });
    expect(JSON.stringify(data)).not.toContain('tracks');
    expect((await call('GET', `/rooms/${room.id}`)).data['participantCount']).toBe(2);

    const path = `/rooms/${room.id}/participants/${ana.snapshot.self.id}`;
    expect(await status('DELETE', path, room.ownerSecret)).toBe(204);
    expect(await ana.closed).toBe(4403);
    expect(await status('DELETE', path, room.ownerSecret)).toBe(404);

    expect(await status('DELETE', `/rooms/${room.id}`, running.adminKey)).toBe(204);
    expect(await ben.closed).toBe(4403);
  });
});

describe('with rooms for members only', () => {
  it('only the admin key starts a room', async () => {
    const closed = await startApp({ ROOMS: 'members' });
    const start = (headers: Record<string, string>) =>
      fetch(`${closed.url}/api/v1/rooms`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: '{}',
      }).then((response) => response.status);
    expect(await start({})).toBe(401);
    expect(await start({ authorization: 'Bearer wrong' })).toBe(401);
    expect(await start({ authorization: `Basic ${closed.adminKey}` })).toBe(401);
    expect(await start({ authorization: `Bearer ${closed.adminKey}` })).toBe(201);
    await closed.close();
  });
});
