import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Browser, PASSWORD } from '../support/guards/Browser.ts';
import { ADMIN_KEY, httpOnly, type HttpOnly } from '../support/httpOnly.ts';

/** What a cookie is good for, and until when. */

const NEW_PASSWORD = 'another long one';

let edge: HttpOnly;
let people = 0;

beforeAll(async () => {
  edge = await httpOnly({ config: { trustProxy: 'loopback' } });
});
afterAll(() => edge.app.close());
beforeEach(() => edge.clock.advance(3_600_000));

const somebody = async (role: 'admin' | 'member' = 'member'): Promise<string> => {
  people += 1;
  const name = `person-${people}`;
  await edge.people.accounts.create({ name, password: PASSWORD, role });
  return name;
};
const browser = (cookie?: string): Browser => new Browser(edge, cookie);
const signedIn = async (name: string, password?: string): Promise<Browser> => {
  const fresh = browser();
  expect(await fresh.signIn(name, password)).toBe(201);
  return fresh;
};
const changePassword = (who: Browser) =>
  who.ask('PATCH', '/users/me', { body: { password: NEW_PASSWORD, currentPassword: PASSWORD } });

const cookieFrom = async (headers: Record<string, string>, address: string): Promise<string> => {
  const body = { userName: await somebody(), password: PASSWORD };
  const answer = await browser().ask('POST', '/session', { body, headers, address });
  const set = answer.headers['set-cookie'];
  if (typeof set !== 'string') throw new Error('not one cookie');
  return set;
};

const flagsOf = (set: string): string[] => set.split('; ').slice(1);

describe('the cookie', () => {
  it('is for our own pages and no script; over HTTPS for no other host either', async () => {
    const proxied = { 'x-forwarded-proto': 'https' };
    const plain = await cookieFrom({}, '127.0.0.1');
    expect(plain).toMatch(/^roomtone=[\w-]{43};/);
    const always = ['HttpOnly', 'Path=/', 'SameSite=Strict', expect.stringMatching(/^Expires=/)];
    expect(flagsOf(plain)).toEqual(expect.arrayContaining(always));
    const secure = await cookieFrom(proxied, '127.0.0.1');
    expect(secure).toMatch(/^__Host-roomtone=[\w-]{43};/);
    expect(flagsOf(secure)).toEqual(expect.arrayContaining([...always, 'Secure']));
    expect(secure).not.toContain('Domain');
    // Who is no proxy of ours says what they like.
    expect(await cookieFrom(proxied, '203.0.113.9')).toMatch(/^roomtone=/);
  });

  it('of another name is none', async () => {
    const { cookie = '' } = await signedIn(await somebody());
    const [name, secret] = cookie.split('=');
    const https = { address: '127.0.0.1', headers: { 'x-forwarded-proto': 'https' } };
    const answer = await browser(cookie).ask('GET', '/session', https);
    expect(answer.json()).toMatchObject({ user: null });
    for (const other of [`__Host-${name}=${secret}`, `ROOMTONE=${secret}`, `${name}=${secret}x`]) {
      expect(await browser(other).who()).toBeUndefined();
    }
  });

  it('is another one after each time somebody signs in, and the one before is dead', async () => {
    const [planted, name] = [await signedIn(await somebody()), await somebody()];
    const fixed = browser(planted.cookie);
    await planted.signIn(name);
    expect(planted.cookie).not.toBe(fixed.cookie);
    expect([await planted.who(), await fixed.who()]).toEqual([name, undefined]);
    const made = browser(`roomtone=${'x'.repeat(43)}`);
    await made.signIn(name);
    expect(made.cookie).not.toContain('xxx');
  });

  it.each<[how: string, end: (name: string, other: Browser) => Promise<unknown>]>([
    ['they sign out', (_, other) => browser(other.cookie).ask('DELETE', '/session')],
    ['they change the password elsewhere', async (name) => changePassword(await signedIn(name))],
    ['an administrator changes it', (name) => asAdmin('PATCH', name, { password: NEW_PASSWORD })],
    [
      'it is ended elsewhere',
      async (name) => {
        const elsewhere = await signedIn(name);
        const { items } = (await elsewhere.ask('GET', '/users/me/sign-ins')).json<{
          items: { id: string; current: boolean }[];
        }>();
        const others = items.filter(({ current }) => !current);
        for (const { id } of others) await elsewhere.ask('DELETE', `/users/me/sign-ins/${id}`);
      },
    ],
    ['they are removed', (name) => asAdmin('DELETE', name)],
    ['thirty days are over', async () => edge.clock.advance(30 * 24 * 3_600_000)],
  ])('is good for nothing once %s', async (_, end) => {
    const name = await somebody();
    const stolen = await signedIn(name);
    await end(name, stolen);
    expect(await browser(stolen.cookie).who()).toBeUndefined();
    expect((await browser(stolen.cookie).ask('GET', '/users/me')).statusCode).toBe(401);
    expect((await browser(stolen.cookie).ask('GET', '/recordings')).statusCode).toBe(401);
  });

  it('of who signs in with the old password, while it is changed, does not outlive the change', async () => {
    for (let round = 0; round < 5; round += 1) {
      const name = await somebody();
      const owner = await signedIn(name);
      const thieves = Array.from({ length: 12 }, () => browser());
      const statuses = await Promise.all([
        changePassword(owner).then(({ statusCode }) => statusCode),
        ...thieves.map((thief) => thief.signIn(name)),
      ]);
      expect(statuses[0]).toBe(200);
      const inside = await Promise.all(thieves.map((thief) => thief.who()));
      expect(inside.filter((who) => who !== undefined)).toEqual([]);
      expect(await owner.who()).toBe(name);
    }
  });

  it('survives signing in twice at once', async () => {
    const [before, name] = [await signedIn(await somebody()), await somebody()];
    const both = [browser(before.cookie), browser(before.cookie)];
    expect(await Promise.all(both.map((one) => one.signIn(name)))).toEqual([201, 201]);
    const outs = both.flatMap((one) => [one, one]).map((one) => one.ask('DELETE', '/session'));
    const statuses = (await Promise.all(outs)).map(({ statusCode }) => statusCode);
    expect(statuses).toEqual([204, 204, 204, 204]);
  });
});

const asAdmin = (method: string, name: string, body?: object) =>
  browser().ask(method, `/users/${name}`, {
    headers: { authorization: `Bearer ${ADMIN_KEY}` },
    ...(body && { body }),
  });

describe('a key for people', () => {
  it('does not become an administrator by way of one', async () => {
    const { secret } = await edge.apiKeys.create({
      name: 'provisioning',
      scopes: ['people:read', 'people:write'],
    });
    const headers = { authorization: `Bearer ${secret}` };
    const name = await somebody('admin');
    const victim = await signedIn(name);
    const { items } = (await victim.ask('GET', '/users/me/sign-ins')).json<{
      items: { id: string }[];
    }>();
    const asked: [method: string, path: string, body?: object][] = [
      ['PATCH', `/users/${name}`, { password: NEW_PASSWORD }],
      ['PATCH', `/users/${name}`, { role: 'member' }],
      ['DELETE', `/users/${name}`],
      ['DELETE', `/users/${name}/sign-ins/${items[0]?.id}`],
      ['PUT', `/users/${name}/call-plan`, { rules: [], blocked: [], blockGuests: true }],
      ['POST', '/users', { name: 'x', password: NEW_PASSWORD, role: 'admin' }],
      ['POST', '/invitations', { role: 'admin' }],
    ];
    for (const [method, path, body] of asked) {
      const answer = await browser().ask(method, path, { headers, ...(body && { body }) });
      expect([method, path, answer.statusCode]).toEqual([method, path, 403]);
    }
    expect(await victim.who()).toBe(name);
    expect((await browser().ask('GET', `/users/${name}`, { headers })).statusCode).toBe(200);
  });
});
