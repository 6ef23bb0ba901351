import { once } from 'node:events';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ADMIN_KEY, httpOnly, type HttpOnly } from '../support/httpOnly.ts';

/** A stand-in for the built client. */
const clientDir = mkdtempSync(join(tmpdir(), 'roomtone-client-'));
mkdirSync(join(clientDir, 'assets'));
writeFileSync(join(clientDir, 'index.html'), '<title>client</title>');
writeFileSync(join(clientDir, 'favicon.svg'), '<svg/>');
writeFileSync(join(clientDir, '.env'), 'secret');
writeFileSync(join(clientDir, 'assets/app-1a2b.js'), 'let script;');
writeFileSync(join(clientDir, 'assets/app-1a2b.js.gz'), gzipSync('let script;'));

let edge: HttpOnly;
let url: string;
let healthy = true;

beforeAll(async () => {
  edge = await httpOnly({
    clientDir,
    config: { publicUrl: 'https://meet.example' },
    checks: { workers: () => healthy, disk: () => Promise.resolve(true) },
    register: (app) => {
      app.get('/boom', () => {
        throw new Error('the password is sesame');
      });
    },
  });
  url = await edge.app.listen({ host: '127.0.0.1', port: 0 });
});
afterAll(() => edge.app.close());

const json = { 'content-type': 'application/json' };
const post = (path: string, init: RequestInit) => fetch(url + path, { method: 'POST', ...init });
/** What a problem says. Fails when the answer is none, or one without its headers. */
const problemIn = async (response: Response) => {
  const { headers } = response;
  expect(headers.get('content-type')).toBe('application/problem+json');
  expect(headers.get('cache-control')).toBe('no-store');
  expect(headers.get('content-security-policy')).toContain("default-src 'self'");
  const body = (await response.json()) as Record<string, unknown>;
  expect(body).toMatchObject({ type: 'about:blank', status: response.status });
  expect(body).toHaveProperty('instance', expect.stringMatching(/^urn:uuid:/));
  return body;
};
const statuses = async (times: number, ask: () => Promise<Response>) => {
  const seen: number[] = [];
  for (let i = 0; i < times; i += 1) seen.push((await ask()).status);
  return seen;
};
const startRoom = (headers: Record<string, string> = {}) =>
  post('/api/v1/rooms', { body: '{}', headers: { ...json, ...headers } });
const guess = (secret: string) =>
  fetch(`${url}/api/v1/rooms/guarded/participants`, {
    headers: { authorization: `Bearer ${secret}` },
  });

describe('errors are problems', () => {
  it.each(['/api/v1/nothing', '/nothing', '/assets/nothing.js', '/api/v1/rooms/room_1', '/.env'])(
    'GET %s is not found',
    async (path) => {
      expect(await problemIn(await fetch(url + path))).toMatchObject({
        status: 404,
        code: 'not_found',
      });
    },
  );

  it.each([
    ['PUT', '/api/v1/rooms', 'GET, HEAD, POST'],
    ['POST', '/api/v1/rooms/x', 'DELETE, GET, HEAD, PATCH'],
    ['GET', '/api/v1/rooms/x/tokens', 'POST'],
    ['DELETE', '/healthz', 'GET, HEAD'],
    ['POST', '/', 'GET, HEAD'],
    ['OPTIONS', '/api/v1/rooms', 'GET, HEAD, POST'],
  ])('%s %s is not allowed', async (method, path, allow) => {
    const body = method === 'GET' ? {} : { body: 'x', headers: { 'content-type': 'text/plain' } };
    const response = await fetch(url + path, { method, ...body });
    expect(response.headers.get('allow')).toBe(allow);
    expect(await problemIn(response)).toMatchObject({ status: 405, code: 'method_not_allowed' });
  });

  it.each([
    ['no JSON', '{"name":', json],
    ['nothing', '', json],
    ['__proto__', '{"__proto__":{"listed":true}}', json],
    ['constructor.prototype', '{"constructor":{"prototype":{"listed":true}}}', json],
    ['a list', '[]', json],
    ['null', 'null', json],
    ['deep nesting', '['.repeat(30_000), json],
  ])('a body of %s is malformed', async (_, body, headers) => {
    const problem = await problemIn(await post('/api/v1/rooms', { body, headers }));
    expect(problem).toMatchObject({ status: 400, code: 'bad_request' });
    expect(problem['detail']).not.toContain('JSON at');
  });

  it('says where a body is wrong', async () => {
    const body = JSON.stringify({ name: 'a b', listed: 'true', 'a/b~c': 1 });
    const problem = await problemIn(await post('/api/v1/rooms', { body, headers: json }));
    expect(problem).toMatchObject({ status: 400, code: 'bad_request' });
    expect(problem['errors']).toEqual(
      expect.arrayContaining([
        { pointer: '/name', message: expect.any(String) as string },
        // Only queries are converted: a string is no boolean.
        { pointer: '/listed', message: 'must be boolean' },
        { pointer: '/a~1b~0c', message: 'is not known here' },
      ]),
    );
  });

  it.each(['limit=0', 'limit=101', 'limit=x', 'cursor=x', 'limit=1&limit=2'])(
    'a query of %s is wrong',
    async (query) => {
      expect(await problemIn(await fetch(`${url}/api/v1/rooms?${query}`))).toMatchObject({
        status: 400,
        code: 'bad_request',
      });
    },
  );

  it('takes no other body than plain JSON', async () => {
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'application/xml']) {
      const response = await post('/api/v1/rooms', {
        body: '{}',
        headers: { 'content-type': type },
      });
      expect(await problemIn(response)).toMatchObject({
        status: 415,
        code: 'unsupported_media_type',
      });
    }
    const headers = { ...json, 'content-encoding': 'gzip' };
    const response = await post('/api/v1/rooms', { body: gzipSync('{}'), headers });
    expect(await problemIn(response)).toMatchObject({
      status: 415,
      code: 'unsupported_media_type',
    });
  });

  it('takes no large body', async () => {
    const body = JSON.stringify({ name: 'x'.repeat(70_000) });
    expect(await problemIn(await post('/api/v1/rooms', { body, headers: json }))).toMatchObject({
      status: 413,
      code: 'too_large',
    });
  });

  it('keeps what went wrong inside to itself', async () => {
    const problem = await problemIn(await fetch(`${url}/boom`));
    expect(problem).toMatchObject({ status: 500, code: 'internal' });
    expect(problem['detail']).not.toContain('sesame');
  });

  it.each([
    ['GET /%zz HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n', 400],
    ['GARBAGE\r\n\r\n', 400],
    [`GET / HTTP/1.1\r\nhost: x\r\nx: ${'x'.repeat(20_000)}\r\n\r\n`, 431],
    [`GET /api/v1/rooms/${'x'.repeat(800)} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n`, 404],
  ])('%# answers what is hardly HTTP', async (bytes, status) => {
    const socket = connect(Number(new URL(url).port), '127.0.0.1');
    await once(socket, 'connect');
    socket.write(bytes);
    const answer = await text(socket);
    expect(answer).toContain(`HTTP/1.1 ${status} `);
    expect(answer).toContain('content-type: application/problem+json');
  });
});

describe('pages of other sites', () => {
  it.each(['null', 'https://evil.example', 'https://meet.example.evil'])(
    'of origin %s may not write',
    async (origin) => {
      const headers = { ...json, origin };
      expect(await problemIn(await post('/api/v1/rooms', { body: '{}', headers }))).toMatchObject({
        status: 403,
        code: 'forbidden',
      });
    },
  );

  it('of our own origin may', async () => {
    for (const origin of [url, 'https://meet.example']) {
      const response = await startRoom({ origin });
      expect(response.status).toBe(201);
    }
  });
});

describe('the client', () => {
  it.each(['/', '/r/some-room', '/call/ana', '/recordings/rec_1', '/admin'])(
    'is served at %s',
    async (path) => {
      const response = await fetch(url + path);
      expect(response.status).toBe(200);
      expect(response.headers.get('content-type')).toContain('text/html');
      expect(response.headers.get('cache-control')).toBe('no-cache');
      expect(response.headers.get('permissions-policy')).toContain('camera=(self)');
      expect(await response.text()).toContain('client');
    },
  );

  it('shows itself to whoever mistyped an address', async () => {
    const response = await fetch(`${url}/nothing/here`, { headers: { accept: 'text/html' } });
    expect(response.status).toBe(404);
    expect(await response.text()).toContain('client');
    const api = await fetch(`${url}/api/v1/nothing`, { headers: { accept: 'text/html' } });
    expect(await problemIn(api)).toMatchObject({ status: 404, code: 'not_found' });
  });

  it('keeps hashed assets for ever, and sends them compressed', async () => {
    const response = await fetch(`${url}/assets/app-1a2b.js`);
    expect(response.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(response.headers.get('content-encoding')).toBe('gzip');
    expect(response.headers.get('content-type')).toContain('javascript');
    expect(await response.text()).toBe('let script;');
    const icon = await fetch(`${url}/favicon.svg`);
    expect(icon.headers.get('cache-control')).toBe('no-cache');
  });

  it.each([
    '/..%2f..%2fetc/passwd',
    '/assets/..%2f..%2f..%2fetc/passwd',
    '/%2e%2e/%2e%2e/etc/passwd',
  ])('lets nobody out of its folder: %s', async (path) => {
    const { statusCode, body } = await edge.app.inject({ url: path });
    expect(statusCode).toBeGreaterThanOrEqual(400);
    expect(body).not.toContain('root:');
  });

  it('says how it is built when it is not', async () => {
    const { app } = await httpOnly();
    const response = await app.inject({ url: '/r/x' });
    expect(response.statusCode).toBe(503);
    expect(response.body).toContain('npm start');
    await app.close();
  });
});

describe('operations', () => {
  it('answers health, readiness and version', async () => {
    expect(await (await fetch(`${url}/healthz`)).json()).toEqual({ status: 'ok', checks: {} });
    expect(await (await fetch(`${url}/readyz`)).json()).toEqual({
      status: 'ok',
      checks: { workers: true, disk: true },
    });
    expect(await (await fetch(`${url}/version`)).json()).toEqual({
      name: 'roomtone',
      version: '0.0.0',
    });
    healthy = false;
    const failing = await fetch(`${url}/readyz`);
    healthy = true;
    expect(failing.status).toBe(503);
    expect(await failing.json()).toEqual({
      status: 'failing',
      checks: { workers: false, disk: true },
    });
  });

  it('does not take request ids from outside', async () => {
    const response = await fetch(`${url}/nothing`, { headers: { 'request-id': 'mine' } });
    expect(JSON.stringify(await response.json())).not.toContain('mine');
  });
});

describe('limits', () => {
  it('do not let names be found by trying', async () => {
    edge.clock.advance(600_000);
    const { room } = edge.rooms.create({ name: 'known' });
    const seen = await statuses(61, () => fetch(`${url}/api/v1/rooms/guess`));
    expect(seen).toEqual([...Array.from({ length: 60 }, () => 404), 429]);
    const limited = await fetch(`${url}/api/v1/rooms/${room.name}`);
    expect(limited.headers.get('retry-after')).toBe('60');
    expect(await problemIn(limited)).toMatchObject({ status: 429, code: 'rate_limited' });
    edge.clock.advance(60_000);
    expect((await fetch(`${url}/api/v1/rooms/${room.name}`)).status).toBe(200);
  });

  it('hold for rooms that anybody starts, not for the admin', async () => {
    edge.clock.advance(600_000);
    const seen = await statuses(301, () => startRoom());
    expect(seen).toEqual([...Array.from({ length: 300 }, () => 201), 429]);
    expect((await startRoom({ authorization: `Bearer ${ADMIN_KEY}` })).status).toBe(201);
  });

  it('hold for wrong credentials, and lock nobody out who has the right ones', async () => {
    edge.clock.advance(600_000);
    const { ownerSecret } = edge.rooms.create({ name: 'guarded' });
    const seen = await statuses(61, () => guess('wrong'));
    expect(seen).toEqual([...Array.from({ length: 60 }, () => 404), 429]);
    expect((await guess(ADMIN_KEY)).status).toBe(200);
    expect((await guess(ownerSecret)).status).toBe(200);
  });
});
