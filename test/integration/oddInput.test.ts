import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CallPlan, Rule } from '../../server/protocol/calls.ts';
import { Browser, PASSWORD } from '../support/guards/Browser.ts';
import { ADMIN_KEY, httpOnly, type HttpOnly } from '../support/httpOnly.ts';

/** What nobody's page sends, and the largest that one may. */

let edge: HttpOnly;
let ana: Browser;

beforeAll(async () => {
  edge = await httpOnly();
  for (const name of ['ana', 'bob'])
    await edge.people.accounts.create({ name, password: PASSWORD });
  ana = new Browser(edge);
  await ana.signIn('ana');
});
afterAll(() => edge.app.close());

const asAdmin = async (method: string, path: string, body?: object | string): Promise<number> => {
  const headers = {
    authorization: `Bearer ${ADMIN_KEY}`,
    ...(body && { 'content-type': 'application/json' }),
  };
  const asking = body === undefined ? { headers } : { headers, body };
  return (await new Browser(edge).ask(method, path, asking)).statusCode;
};
const newUser = (name: string) => ({ name, password: PASSWORD });

describe('a user name', () => {
  it.each([
    ['ANA', 409],
    ['Ana', 409],
    ['me', 409],
    ['ME', 409],
    ['\u0430na', 400],
    ['ana\u200b', 400],
    ['ana\u0301', 400],
    ['\uff41\uff4e\uff41', 400],
    ['\u212aim', 400],
    ['ana ', 400],
    ['ana\n', 400],
    ['ana\0', 400],
    ['-ana', 400],
    ['ana.', 400],
    ['an/a', 400],
    ['..', 400],
    ['', 400],
    ['a'.repeat(65), 400],
    ['constructor', 201],
    ['toString', 201],
    ['hasOwnProperty', 201],
    ['x'.repeat(64), 201],
  ])('%j: %i', async (name, status) => {
    expect(await asAdmin('POST', '/users', newUser(name))).toBe(status);
  });

  it('is found however its capitals are written, and by nothing that only looks like it', async () => {
    const signIn = (name: string) => new Browser(edge).signIn(name);
    expect(await signIn('BOB')).toBe(201);
    for (const name of ['b\u043eb', 'bob\u0000', 'bob ', '\u1d07ob', 'bo\ufeffb']) {
      expect(await signIn(name)).toBe(401);
    }
    await edge.people.accounts.create({ name: 'kim', password: PASSWORD });
    // The sign for kelvin is a k in lower case: it is counted as such, too.
    for (let n = 0; n < 10; n += 1) await new Browser(edge).signIn('\u212aim', 'a wrong password');
    expect(await signIn('kim')).toBe(429);
  });
});

describe('keys of prototypes', () => {
  const poison = [
    '{"__proto__":{"role":"admin"},',
    '{"constructor":{"prototype":{"role":"admin"}},',
  ];

  it.each([
    ['POST', '/users', '"name":"eve","password":"a long enough one"}'],
    ['PATCH', '/users/ana', '"displayName":"Eve"}'],
    ['PATCH', '/users/ana', '"settings":{"__proto__":{"availability":"away"}}}'],
    ['POST', '/invitations', '"userName":"eve"}'],
    ['PUT', '/users/ana/call-plan', '"rules":[],"blocked":[],"blockGuests":false}'],
    ['POST', '/keys', '"name":"eve","scopes":["rooms:read"]}'],
  ])('in %s %s are refused', async (method, path, rest) => {
    for (const begin of poison) expect(await asAdmin(method, path, begin + rest)).toBe(400);
    expect({}).not.toHaveProperty('role');
    expect({}).not.toHaveProperty('availability');
  });

  it('name nobody, nothing, and no cookie', async () => {
    for (const name of ['__proto__', 'constructor.prototype', 'prototype']) {
      expect((await ana.ask('GET', `/users/${name}`)).statusCode).toBe(404);
      expect((await ana.ask('GET', `/calls?user=${name}`)).statusCode).toBeOneOf([400, 404]);
    }
    for (const cookie of [
      '__proto__=x',
      'constructor=x',
      'roomtone=__proto__',
      '=',
      ';;;',
      'roomtone',
    ]) {
      expect(await new Browser(edge, cookie).who()).toBeUndefined();
    }
  });
});

describe('what is too long', () => {
  it.each([
    ['POST', '/users', { name: 'eve', password: 'x'.repeat(257) }],
    ['POST', '/users', { name: 'eve', password: 'x'.repeat(9) }],
    ['PATCH', '/users/ana', { displayName: 'x'.repeat(65) }],
    ['PATCH', '/users/ana', { settings: { timeZone: 'x'.repeat(65) } }],
    ['PATCH', '/users/ana', { settings: { timeZone: 'Mars/Olympus' } }],
    ['PATCH', '/users/ana', { settings: { ringSeconds: 1e9 } }],
    ['POST', '/session', { userName: 'x'.repeat(65), password: 'x' }],
    ['POST', '/session', { userName: 'x', password: 'x'.repeat(257) }],
    ['POST', '/invitations', { expiresInSeconds: 1e12 }],
    ['POST', '/invitations/open', { secret: 'x'.repeat(1_000) }],
    ['POST', '/users/ana/call-plan/trial', { at: '9999-12-31T23:59:60Z' }],
    ['POST', '/users/ana/call-plan/trial', { at: '+275761-01-01T00:00:00Z' }],
  ])('%s %s, in row %#, is malformed', async (method, path, body) => {
    expect(await asAdmin(method, path, body)).toBe(400);
  });

  it.each([8_192, 15_000])('in a cookie of %i bytes is no cookie of ours', async (length) => {
    for (const cookie of [
      `roomtone=${'x'.repeat(length)}`,
      `${'a=b; '.repeat(length / 5)}roomtone=x`,
      `roomtone=${'%ff'.repeat(length / 3)}`,
    ]) {
      expect(await new Browser(edge, cookie).who()).toBeUndefined();
    }
  });

  it('in what a browser says it is, is not kept', async () => {
    const headers = { 'user-agent': `Mozilla/5.0 ${'('.repeat(8_000)}` };
    const fresh = new Browser(edge);
    const body = { userName: 'ana', password: PASSWORD };
    expect((await fresh.ask('POST', '/session', { body, headers })).statusCode).toBe(201);
    const { items } = (await fresh.ask('GET', '/users/me/sign-ins')).json<{
      items: { device: string; current: boolean }[];
    }>();
    expect(items.find(({ current }) => current)?.device).toBe('Unknown');
  });

  it('a password may be: of 256 letters of any script, and every one of them counts', async () => {
    const password = '\u{1F511}'.repeat(255);
    expect(await asAdmin('POST', '/users', { name: 'keys', password: `${password}a` })).toBe(201);
    expect(await new Browser(edge).signIn('keys', `${password}b`)).toBe(401);
    expect(await new Browser(edge).signIn('keys', `${password}a`)).toBe(201);
  });
});

const setPlan = async (body: CallPlan): Promise<number> =>
  (await ana.ask('PUT', '/users/me/call-plan', { body })).statusCode;

describe('rules for calls', () => {
  const rule: Rule = {
    when: 'noAnswer',
    callers: Array.from({ length: 3 }, (_, n) => `${n}`.padEnd(64, 'x')),
    hours: { days: [1, 2, 3, 4, 5, 6, 7], from: '23:59', to: '23:58' },
    then: { forwardTo: 'bob' },
  };
  const plan = (rules: number, blocked: number): CallPlan => ({
    rules: Array.from({ length: rules }, () => rule),
    blocked: Array.from({ length: blocked }, (_, n) => `${n}`.padEnd(64, 'x')),
    blockGuests: false,
  });
  it('may be so many and are gone through all the same', async () => {
    expect(await setPlan(plan(50, 500))).toBe(200);
    expect(await setPlan(plan(51, 0))).toBe(400);
    expect(await setPlan(plan(0, 501))).toBe(400);
    const trial = await ana.ask('POST', '/users/me/call-plan/trial', { body: { caller: 'bob' } });
    expect(trial.json()).toMatchObject({ steps: [{ because: 'offline' }] });
    const many = { ...rule, callers: Array.from({ length: 101 }, (_, n) => `x${n}`) };
    expect(await setPlan({ ...plan(0, 0), rules: [many] })).toBe(400);
  });

  it('forward to nobody, nor to oneself', async () => {
    for (const forwardTo of ['ana', 'ANA', 'nobody-here', 'me']) {
      const rules: Rule[] = [{ when: 'always', then: { forwardTo } }];
      expect(await setPlan({ ...plan(0, 0), rules })).toBe(400);
    }
  });
});
