import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { grantsOfScopes } from '../../server/accounts/permissions.ts';
import { hashSecret } from '../../server/accounts/secret.ts';
import { signJoinToken } from '../../server/accounts/tokens.ts';
import { newId } from '../../server/protocol/ids.ts';
import { SCOPES, type Scope } from '../../server/protocol/rest.ts';
import { bytesOf, type RecordingRecord } from '../../server/recordings/RecordingRecord.ts';
import type { Room } from '../../server/rooms/Room.ts';
import { ADMIN_KEY, httpOnly, TOKEN_SECRET, type HttpOnly } from '../support/httpOnly.ts';
import { shelve } from '../support/shelve.ts';
import { waitFor } from '../support/waitFor.ts';

let edge: HttpOnly;
let room: Room;
let ownerSecret: string;
let elsewhere: { room: Room; ownerSecret: string };
const lines: string[] = [];
beforeAll(async () => {
  const logger = pino({ level: 'trace' }, { write: (line: string) => void lines.push(line) });
  edge = await httpOnly({ logger });
  ({ room, ownerSecret } = edge.rooms.create({ name: 'standup' }));
  elsewhere = edge.rooms.create({ name: 'elsewhere' });
});
afterAll(async () => {
  const closed = edge.app.close();
  // Whoever broke off may have connected anew, without a word.
  edge.app.server.closeAllConnections();
  await closed;
});

const api = '/api/v1';
const ask = async (method: string, path: string, secret?: string, body?: object) => {
  const response = await edge.app.inject({
    method: method as 'GET',
    url: api + path,
    ...(body && { payload: body }),
    headers: secret === undefined ? {} : { authorization: `Bearer ${secret}` },
  });
  const isJson = response.body !== '' && /json/.test(String(response.headers['content-type']));
  const data = (isJson ? response.json() : undefined) as Record<string, unknown>;
  return { status: response.statusCode, headers: response.headers, data, body: response.body };
};
const status = async (...args: Parameters<typeof ask>) => (await ask(...args)).status;
const tokenFor = async (name: string, grants: object) => {
  const options = { identity: 'ana', name: 'Ana', room: name, grants, ttlSeconds: 600 };
  return (await signJoinToken(options, TOKEN_SECRET, edge.clock.now())).token;
};
const keyFor = async (...scopes: Scope[]) => {
  const { data } = await ask('POST', '/keys', ADMIN_KEY, { name: 'bot', scopes });
  return String(data['key']);
};
const content = Buffer.from('0123456789');
const newRecording = (patch: Partial<RecordingRecord> = {}): Promise<RecordingRecord> =>
  shelve(edge, [{ content }], {
    room: { id: room.id, name: room.name },
    ownerSecretHash: hashSecret(ownerSecret).toString('hex'),
    people: [person('Ana'), person('Ben')],
    ...patch,
  });
const person = (name: string): RecordingRecord['people'][number] => ({
  participantId: newId('part'),
  name,
  stays: [{ fromMs: 0, toMs: 1_000 }],
  consent: null,
});

const makeToken = (secret: string, grants: object) =>
  status('POST', `/rooms/${room.id}/tokens`, secret, { identity: 'x', grants });

const idsFor = async (token: string) =>
  ((await ask('GET', '/recordings', token)).data['items'] as { id: string }[]).map(({ id }) => id);

const share = async (id: string, body: object = {}) => {
  const { data } = await ask('POST', `/recordings/${id}/shares`, ownerSecret, body);
  const path = new URL(String(data['url'])).pathname;
  return { data, path: path.slice(api.length), secret: path.slice(path.lastIndexOf('/') + 1) };
};

/** Who asks, with what. */
const ROLES = {
  nobody: async () => undefined,
  wrong: async () => 'x'.repeat(43),
  'bad token': async () => 'a.b.c',
  'bad key': async () => `rtk_${'x'.repeat(43)}`,
  guest: () => tokenFor(room.id, { roomJoin: true }),
  recorder: () => tokenFor(room.id, { roomRecord: true }),
  'recorder by name': () => tokenFor('STANDUP', { roomRecord: true }),
  admin: () => tokenFor(room.id, { roomAdmin: true }),
  moderator: () => tokenFor(room.id, { roomAdmin: true, roomRecord: true }),
  owner: async () => ownerSecret,
  'other moderator': () =>
    tokenFor(elsewhere.room.id, { roomAdmin: true, roomRecord: true, roomJoin: true }),
  'other owner': async () => elsewhere.ownerSecret,
  'rooms:read': () => keyFor('rooms:read'),
  'rooms:write': () => keyFor('rooms:write'),
  'recordings:read': () => keyFor('recordings:read'),
  'recordings:write': () => keyFor('recordings:write'),
  'recordings:*': () => keyFor('recordings:read', 'recordings:write'),
  'admin key': async () => ADMIN_KEY,
} satisfies Record<string, () => Promise<string | undefined>>;
type Role = keyof typeof ROLES;

/** What each is told. Not listed: may. */
const STRANGERS = {
  nobody: 401,
  wrong: 404,
  'bad token': 401,
  'bad key': 401,
  'other moderator': 404,
  'other owner': 404,
} as const;
const KEYS_OF_ROOMS = { 'rooms:read': 403, 'rooms:write': 403 } as const;
const mayRecord = { ...STRANGERS, ...KEYS_OF_ROOMS, guest: 403, admin: 403 } as const;
const readers = { ...mayRecord, 'recordings:write': 403 } as const;
const changers = {
  ...mayRecord,
  recorder: 403,
  'recorder by name': 403,
  'recordings:read': 403,
} as const;
const writers = { ...mayRecord, 'recordings:read': 403 } as const;
const onlyAdmin = Object.fromEntries(
  Object.keys(ROLES).map((role) => [role, role === 'admin key' ? undefined : 403]),
);
/** Outside of any room an owner secret or a token is none. */
const outside = {
  nobody: 401,
  wrong: 401,
  'bad token': 401,
  'bad key': 401,
  guest: 401,
  recorder: 401,
  'recorder by name': 401,
  admin: 401,
  moderator: 401,
  owner: 401,
  'other moderator': 401,
  'other owner': 401,
} as const;

interface Route {
  readonly method: string;
  readonly path: (record: RecordingRecord) => string;
  readonly body?: object;
  /** Answer to those who may. */
  readonly ok: number;
  readonly refused: Partial<Record<string, number | undefined>>;
}

const ROUTES: Record<string, Route> = {
  // Nobody is in it; whoever may not record is not told so.
  start: { method: 'POST', path: () => `/rooms/${room.id}/recordings`, ok: 409, refused: writers },
  pause: { method: 'POST', path: ({ id }) => `/recordings/${id}/pause`, ok: 409, refused: writers },
  resume: {
    method: 'POST',
    path: ({ id }) => `/recordings/${id}/resume`,
    ok: 409,
    refused: writers,
  },
  stop: { method: 'POST', path: ({ id }) => `/recordings/${id}/stop`, ok: 200, refused: writers },
  get: { method: 'GET', path: ({ id }) => `/recordings/${id}`, ok: 200, refused: readers },
  file: {
    method: 'GET',
    path: ({ id, files }) => `/recordings/${id}/files/${files[0]!.name}`,
    ok: 200,
    refused: readers,
  },
  'file, HEAD': {
    method: 'HEAD',
    path: ({ id, files }) => `/recordings/${id}/files/${files[0]!.name}`,
    ok: 200,
    refused: readers,
  },
  archive: {
    method: 'GET',
    path: ({ id }) => `/recordings/${id}/archive.zip`,
    ok: 200,
    refused: readers,
  },
  edit: {
    method: 'PATCH',
    path: ({ id }) => `/recordings/${id}`,
    body: { title: 'x' },
    ok: 200,
    refused: changers,
  },
  delete: {
    method: 'DELETE',
    path: ({ id }) => `/recordings/${id}`,
    ok: 204,
    refused: { ...changers, moderator: 403 },
  },
  share: {
    method: 'POST',
    path: ({ id }) => `/recordings/${id}/shares`,
    body: {},
    ok: 201,
    refused: { ...changers, 'recordings:write': 403 },
  },
  shares: {
    method: 'GET',
    path: ({ id }) => `/recordings/${id}/shares`,
    ok: 200,
    refused: { ...changers, 'recordings:write': 403 },
  },
  render: {
    method: 'POST',
    path: ({ id }) => `/recordings/${id}/renders`,
    body: {},
    ok: 202,
    refused: changers,
  },
  renders: {
    method: 'GET',
    path: ({ id }) => `/recordings/${id}/renders`,
    ok: 200,
    refused: readers,
  },
  'one render': {
    method: 'GET',
    path: ({ id }) => `/recordings/${id}/renders/${newId('render')}`,
    ok: 404,
    refused: readers,
  },
  'render once more': {
    method: 'POST',
    path: ({ id }) => `/recordings/${id}/renders/${newId('render')}/retry`,
    ok: 404,
    refused: changers,
  },
  'delete a render': {
    method: 'DELETE',
    path: ({ id }) => `/recordings/${id}/renders/${newId('render')}`,
    ok: 404,
    refused: changers,
  },
  erase: {
    method: 'DELETE',
    path: ({ id, people }) => `/recordings/${id}/participants/${people[0]!.participantId}`,
    ok: 200,
    refused: { ...changers, moderator: 403 },
  },
  erasures: {
    method: 'GET',
    path: ({ id }) => `/recordings/${id}/erasures`,
    ok: 200,
    refused: { ...changers, moderator: 403 },
  },
  list: {
    method: 'GET',
    path: () => '/recordings',
    ok: 200,
    refused: {
      nobody: 401,
      'bad token': 401,
      'bad key': 401,
      guest: 403,
      admin: 403,
      ...KEYS_OF_ROOMS,
      'recordings:write': 403,
    },
  },
  storage: {
    method: 'GET',
    path: () => '/storage',
    ok: 200,
    refused: { ...outside, ...KEYS_OF_ROOMS, 'recordings:write': 403 },
  },
  keys: { method: 'GET', path: () => '/keys', ok: 200, refused: { ...onlyAdmin, ...outside } },
  'make key': {
    method: 'POST',
    path: () => '/keys',
    body: { name: 'x', scopes: ['rooms:read'] },
    ok: 201,
    refused: { ...onlyAdmin, ...outside },
  },
  'revoke key': {
    method: 'DELETE',
    path: () => `/keys/${newId('key')}`,
    ok: 404,
    refused: { ...onlyAdmin, ...outside },
  },
};

describe('who may do what', () => {
  const rows = Object.keys(ROUTES);
  it.each(rows)('%s', async (name) => {
    const { method, path, body, ok, refused } = ROUTES[name]!;
    const told: Record<string, number> = {};
    const expected: Record<string, number> = {};
    for (const role of Object.keys(ROLES) as Role[]) {
      const record = await newRecording();
      // Those who are wrong are counted.
      edge.clock.advance(60_000);
      told[role] = await status(method, path(record), await ROLES[role](), body);
      expected[role] = refused[role] ?? ok;
    }
    expect(told).toEqual(expected);
  });

  it('is told without a word more than for what is not there', async () => {
    const record = await newRecording();
    const absent = { ...record, id: newId('rec') };
    const none = newId('room');
    for (const { method, path, body } of Object.values(ROUTES)) {
      if (!path(record).includes(record.id)) continue;
      edge.clock.advance(60_000);
      for (const role of ['wrong', 'other moderator', 'other owner', 'guest'] as const) {
        const secret = await ROLES[role]();
        const foreign = await ask(method, path(record), secret, body);
        if (role === 'guest') continue;
        const missing = await ask(method, path(absent), secret, body);
        for (const { data, headers } of [foreign, missing]) {
          if (data) delete data['instance'];
          delete headers['date'];
        }
        expect(foreign.data).toEqual(missing.data);
        expect(foreign.headers).toEqual(missing.headers);
        expect(foreign.status).toBe(404);
      }
    }
    const start = await ask('POST', `/rooms/${none}/recordings`, elsewhere.ownerSecret);
    const foreign = await ask('POST', `/rooms/${room.id}/recordings`, elsewhere.ownerSecret);
    expect({ ...start.data, instance: '' }).toEqual({ ...foreign.data, instance: '' });
  });

  it('has a limit for those who try', async () => {
    edge.clock.advance(60_000);
    const path = `/recordings/${newId('rec')}`;
    for (let n = 0; n < 60; n += 1) expect(await status('GET', path, ownerSecret)).toBe(404);
    const { status: code, headers } = await ask('GET', path, ownerSecret);
    expect([code, headers['retry-after']]).toEqual([429, '60']);
    const record = await newRecording();
    expect(await status('GET', `/recordings/${record.id}`, ownerSecret)).toBe(200);
    edge.clock.advance(60_000);
  });

  it('does not become more by way of a token', async () => {
    const key = await keyFor('rooms:write');
    expect(await makeToken(key, { roomAdmin: true })).toBe(201);
    expect(await makeToken(key, { roomRecord: true })).toBe(403);
    expect(await makeToken(ownerSecret, { roomRecord: true })).toBe(201);
    expect(
      await makeToken(await keyFor('rooms:write', 'recordings:write'), { roomRecord: true }),
    ).toBe(201);
  });

  it('is for everybody in the room when the room says so', async () => {
    const { room: open, ownerSecret: secret } = edge.rooms.create({
      recording: { allowed: 'everybody' },
    });
    const guest = await tokenFor(open.id, { roomJoin: true });
    expect(await status('POST', `/rooms/${open.id}/recordings`, guest)).toBe(409);
    const record = await newRecording({ room: { id: open.id, name: open.name } });
    expect(await status('POST', `/recordings/${record.id}/stop`, guest)).toBe(200);
    expect(await status('GET', `/recordings/${record.id}`, guest)).toBe(403);
    const closed = { recording: { allowed: 'moderators' } };
    expect(await status('PATCH', `/rooms/${open.id}`, secret, closed)).toBe(200);
    expect(await status('POST', `/recordings/${record.id}/stop`, guest)).toBe(403);
  });

  it('outlives the room for its owner and for tokens with its id, not for names', async () => {
    const { room: gone, ownerSecret: secret } = edge.rooms.create({ name: 'gone' });
    const record = await newRecording({
      room: { id: gone.id, name: gone.name },
      ownerSecretHash: hashSecret(secret).toString('hex'),
    });
    const byId = await tokenFor(gone.id, { roomRecord: true });
    const byName = await tokenFor('gone', { roomRecord: true });
    const path = `/recordings/${record.id}`;
    for (const token of [secret, byId, byName]) {
      expect(await status('GET', path, token)).toBe(200);
      expect(await idsFor(token)).toEqual([record.id]);
    }
    edge.rooms.end(gone);
    expect(await status('GET', path, secret)).toBe(200);
    expect(await status('GET', path, byId)).toBe(200);
    expect(await idsFor(byId)).toEqual([record.id]);
    expect(await status('GET', path, byName)).toBe(404);
    expect(await idsFor(byName)).toEqual([]);
    edge.rooms.create({ name: 'gone' });
    expect(await status('GET', path, byName)).toBe(404);
    expect(await idsFor(byName)).toEqual([]);
    expect(await status('DELETE', path, secret)).toBe(204);
  });
});

describe('recordings', () => {
  it('are told whole', async () => {
    const record = await newRecording({ title: 'Größe', tags: ['a'], startedBy: 'Ana' });
    const { data } = await ask('GET', `/recordings/${record.id}`, ownerSecret);
    const {
      files,
      people: _people,
      ownerSecretHash: _hash,
      ownerId: _owner,
      keepBytes: _b,
      keepDays: _d,
      version: _v,
      ...same
    } = record;
    expect(data).toEqual({
      ...same,
      startedAt: new Date(record.startedAt).toISOString(),
      endedAt: new Date(record.endedAt!).toISOString(),
      bytes: 10,
      voicemail: false,
      participants: record.people,
      expiresAt: null,
      files: [{ ...files[0]!, url: `${api}/recordings/${record.id}/files/part-1-camera.webm` }],
    });
    expect(JSON.stringify(data)).not.toContain(record.ownerSecretHash);
  });

  it('are named and tagged', async () => {
    const record = await newRecording();
    const path = `/recordings/${record.id}`;
    const patch = { title: 'Größe', tags: ['a', 'Zürich'] };
    expect((await ask('PATCH', path, ownerSecret, patch)).data).toMatchObject(patch);
    expect((await ask('PATCH', path, ownerSecret, { title: null })).data).toMatchObject({
      title: null,
      tags: ['a', 'Zürich'],
    });
    expect((await ask('GET', '/recordings?q=zÜRICH', ownerSecret)).data['items']).toHaveLength(1);
    const wrong = [
      { title: '' },
      { title: 'a\nb' },
      { title: 'x'.repeat(201) },
      { tags: ['a', 'a'] },
      { tags: Array.from({ length: 33 }, (_, n) => String(n)) },
      { state: 'ready' },
      [],
    ];
    for (const body of wrong) expect(await status('PATCH', path, ownerSecret, body)).toBe(400);
  });

  it('are listed newest first, page by page, and filtered', async () => {
    const { room: own, ownerSecret: secret } = edge.rooms.create({ name: 'Lists' });
    const ids: string[] = [];
    for (let n = 0; n < 5; n += 1) {
      const { id } = await newRecording({
        room: { id: own.id, name: own.name },
        ownerSecretHash: hashSecret(secret).toString('hex'),
        startedAt: Date.UTC(2026, 0, n + 1),
        state: n === 0 ? 'failed' : 'ready',
        tags: [`tag ${n}`],
      });
      ids.unshift(id);
    }
    const list = async (query: string, holder = secret) => {
      const { data } = await ask('GET', `/recordings?${query}`, holder);
      const { items, nextCursor } = data as { items: { id: string }[]; nextCursor: string | null };
      return { ids: items.map(({ id }) => id), nextCursor };
    };
    const first = await list('limit=2');
    const second = await list(`limit=2&cursor=${first.nextCursor}`);
    const third = await list(`limit=2&cursor=${second.nextCursor}`);
    expect([...first.ids, ...second.ids, ...third.ids]).toEqual(ids);
    expect(third.nextCursor).toBeNull();
    for (const spelling of ['lists', 'LISTS', own.id]) {
      expect((await list(`room=${spelling}`, ADMIN_KEY)).ids).toEqual(ids);
    }
    expect((await list('state=failed')).ids).toEqual([ids[4]]);
    expect((await list('from=2026-01-04T00:00:00Z')).ids).toEqual(ids.slice(0, 2));
    expect((await list('to=2026-01-02T01:00:00%2B01:00')).ids).toEqual(ids.slice(3));
    expect((await list('q=TAG%201')).ids).toEqual([ids[3]]);
    expect((await list('room=standup')).ids).toEqual([]);
    const wrong = ['state=gone', 'from=yesterday', 'limit=0', 'limit=101', 'cursor=x', 'q='];
    for (const query of [...wrong, 'to=2026-06-30T23:59:60Z', `q=${'x'.repeat(201)}`]) {
      expect([query, await status('GET', `/recordings?${query}`, secret)]).toEqual([query, 400]);
    }
  });

  it('are of a room that says how it is recorded', async () => {
    const { data } = await ask('POST', '/rooms', undefined, { recording: { consent: true } });
    const recording = {
      allowed: 'moderators',
      automatic: false,
      consent: true,
      keepDays: null,
      keepBytes: null,
    };
    expect(data).toMatchObject({ recording, recordingStatus: null });
    const path = `/rooms/${String(data['id'])}`;
    const secret = String(data['ownerSecret']);
    const patch = { recording: { keepDays: 30, automatic: true } };
    expect((await ask('PATCH', path, secret, patch)).data['recording']).toEqual({
      ...recording,
      keepDays: 30,
      automatic: true,
    });
    for (const wrong of [
      { keepDays: 0 },
      { allowed: 'nobody' },
      { other: 1 },
      { automatic: null },
    ]) {
      expect(await status('PATCH', path, secret, { recording: wrong })).toBe(400);
    }
  });

  it('are gone from the list as soon as they cannot be had any more', async () => {
    const [kept, doomed] = [await newRecording(), await newRecording()];
    const { promise: goOn, resolve: release } = Promise.withResolvers<void>();
    const remove = vi.spyOn(edge.vault, 'remove').mockImplementationOnce(() => goOn);
    const deleting = ask('DELETE', `/recordings/${doomed.id}`, ownerSecret);
    await waitFor('it cannot be had', async () => {
      return (await status('GET', `/recordings/${doomed.id}`, ownerSecret)) === 404;
    });
    const { data } = await ask('GET', '/recordings?limit=1', ownerSecret);
    expect((data['items'] as { id: string }[]).map(({ id }) => id)).toEqual([kept.id]);
    expect(await status('PATCH', `/recordings/${doomed.id}`, ownerSecret, {})).toBe(404);
    expect(await status('POST', `/recordings/${doomed.id}/renders`, ownerSecret, {})).toBe(404);
    release();
    expect((await deleting).status).toBe(204);
    remove.mockRestore();
    await edge.vault.remove(doomed.id);
  });

  it('take space, as keys are told', async () => {
    const { data } = await ask('GET', '/storage', await keyFor('recordings:read'));
    const all = await edge.store.all();
    expect(data['recordings']).toBe(all.length);
    expect(data['usedBytes']).toBe(all.reduce((sum, record) => sum + bytesOf(record), 0));
    expect(data['totalBytes']).toBeGreaterThan(Number(data['freeBytes']));
  });
});

describe('shares', () => {
  it('lead whoever has them to the recording and its files', async () => {
    const record = await newRecording();
    const { data, path, secret } = await share(record.id);
    expect(secret).toMatch(/^[\w-]{43}$/);
    const seen = await ask('GET', path);
    expect(seen.status).toBe(200);
    expect(seen.headers['cache-control']).toBe('no-store');
    const [file] = seen.data['files'] as { url: string }[];
    expect(file!.url).toBe(`${api}${path}/files/part-1-camera.webm`);
    const whole = await ask('GET', file!.url.slice(api.length));
    expect([whole.status, whole.body]).toEqual([200, '0123456789']);
    expect(await status('HEAD', file!.url.slice(api.length))).toBe(200);
    expect(await status('GET', `${path}/archive.zip`)).toBe(200);
    expect(await status('HEAD', `${path}/archive.zip`)).toBe(200);
    const listed = await ask('GET', `/recordings/${record.id}/shares`, ownerSecret);
    const { url: _, ...rest } = data;
    expect(listed.data).toEqual({ items: [rest], nextCursor: null });
    // Good for reading, and for nothing else.
    expect(await status('GET', `/recordings/${record.id}`, secret)).toBe(404);
    expect(await status('DELETE', path)).toBe(405);
  });

  it('end when they run out, are revoked, or the recording goes', async () => {
    const record = await newRecording();
    const short = await share(record.id, { expiresInSeconds: 60 });
    const revoked = await share(record.id);
    const last = await share(record.id);
    const revoke = `/recordings/${record.id}/shares/${String(revoked.data['id'])}`;
    expect(await status('DELETE', revoke, ownerSecret)).toBe(204);
    expect(await status('DELETE', revoke, ownerSecret)).toBe(204);
    edge.clock.advance(60_000);
    for (const { path } of [short, revoked]) {
      for (const rest of ['', '/files/part-1-camera.webm', '/archive.zip']) {
        const { status: code, data } = await ask('GET', path + rest);
        expect([code, data['code']]).toEqual([410, 'gone']);
      }
    }
    expect(await status('GET', last.path)).toBe(200);
    expect(await status('DELETE', `/recordings/${record.id}`, ownerSecret)).toBe(204);
    expect(await status('GET', last.path)).toBe(404);
  });

  it('are not found by trying', async () => {
    edge.clock.advance(60_000);
    const wrong = ['x', 'x'.repeat(42), 'x'.repeat(44), '.'.repeat(43), '%00'.repeat(43)];
    for (const secret of wrong) expect(await status('GET', `/shares/${secret}`)).toBe(404);
    const path = `/shares/${'x'.repeat(43)}`;
    for (let n = 0; n < 60; n += 1) expect(await status('GET', path)).toBe(404);
    expect(await status('GET', path)).toBe(429);
    expect(await status('GET', `${path}/archive.zip`)).toBe(429);
    edge.clock.advance(60_000);
  });

  it('with a password open nothing without it, and are not opened by trying', async () => {
    const record = await newRecording();
    const { data, path } = await share(record.id, { password: 'open sesame' });
    expect(data['hasPassword']).toBe(true);
    for (const rest of ['', '/files/part-1-camera.webm', '/archive.zip']) {
      expect(await status('GET', path + rest)).toBe(401);
    }
    const open = (password: string) => ask('POST', `${path}/open`, undefined, { password });
    expect((await open('open barley')).status).toBe(403);
    const opened = await open('open sesame');
    expect(opened.status).toBe(200);
    const url = String(opened.data['url']).slice(api.length);
    expect(url).not.toBe(path);
    const seen = await ask('GET', url);
    expect(seen.data).toMatchObject({ id: record.id });
    const [file] = seen.data['files'] as { url: string }[];
    expect((await ask('GET', file!.url.slice(api.length))).body).toBe('0123456789');
    for (let n = 0; n < 8; n += 1) expect((await open(`guess ${n}`)).status).toBe(403);
    const late = await open('open sesame');
    expect([late.status, Number(late.headers['retry-after']) > 0]).toEqual([429, true]);
    // Whoever is in stays in.
    expect(await status('GET', url)).toBe(200);
    edge.clock.advance(60_000);
    expect((await open('open sesame')).status).toBe(200);
    expect((await share(record.id)).data['hasPassword']).toBe(false);
  });

  it.each([
    { expiresInSeconds: 0 },
    { expiresInSeconds: 31_536_001 },
    { forever: true },
    { password: 'short' },
    { password: 'x'.repeat(129) },
  ])('are not made for %j', async (body) => {
    const { id } = await newRecording();
    expect(await status('POST', `/recordings/${id}/shares`, ownerSecret, body)).toBe(400);
  });

  it('are in no log, nor are other secrets', async () => {
    const record = await newRecording();
    const { path, secret } = await share(record.id);
    const url = await edge.app.listen({ host: '127.0.0.1', port: 0 });
    const fetchShare = (rest: string, init: RequestInit = {}) =>
      fetch(url + api + path + rest, init);
    await (await fetchShare('')).text();
    await (
      await fetchShare('/files/part-1-camera.webm', { headers: { range: 'bytes=99-' } })
    ).text();
    await (await fetchShare('/nothing%zz')).text();
    await (await fetchShare('', { method: 'DELETE' })).text();
    const large = await shelve(edge, [{ content: Buffer.alloc(24 * 1024 * 1024) }], {
      ownerSecretHash: record.ownerSecretHash,
    });
    const other = await share(large.id);
    const abort = new AbortController();
    const cut = await fetch(`${url}${api}${other.path}/files/part-1-camera.webm`, abort);
    await cut.body!.getReader().read();
    abort.abort();
    await edge.vault.remove(large.id);
    await (await fetch(`${url}${api}${other.path}/files/part-1-camera.webm`)).text();
    expect(lines.length).toBeGreaterThan(10);
    for (const hidden of [secret, other.secret, ownerSecret, ADMIN_KEY, 'eyJ', 'rtk_', 'Ana']) {
      expect(lines.filter((line) => line.includes(hidden))).toEqual([]);
    }
  });
});

it('knows every scope', () => {
  for (const scope of SCOPES) {
    expect(Object.values(grantsOfScopes([scope])).some(Boolean)).toBe(true);
  }
});
