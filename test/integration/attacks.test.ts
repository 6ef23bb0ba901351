import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Browser, PASSWORD, wordsOf } from '../support/guards/Browser.ts';
import { ADMIN_KEY, httpOnly, type HttpOnly } from '../support/httpOnly.ts';
import { waitFor } from '../support/waitFor.ts';

/** What strangers try who want to be somebody here. */

const admin = { authorization: `Bearer ${ADMIN_KEY}` };
const ELSEWHERE = '198.51.100.7';

let edge: HttpOnly;
let people = 0;

beforeAll(async () => {
  edge = await httpOnly();
});
afterAll(() => edge.app.close());
// What was counted is forgotten.
beforeEach(() => edge.clock.advance(3_600_000));

const somebody = async (password: string | null = PASSWORD): Promise<string> => {
  people += 1;
  const name = `person-${people}`;
  await edge.people.accounts.create({ name, password: password ?? undefined });
  return name;
};
const browser = (): Browser => new Browser(edge);
const signedIn = async (name: string, password?: string): Promise<Browser> => {
  const fresh = browser();
  expect(await fresh.signIn(name, password)).toBe(201);
  return fresh;
};
const guess = (name: string, address?: string) =>
  browser().signIn(name, 'a wrong password', address);
const count = (statuses: readonly number[]): Record<number, number> =>
  Object.fromEntries(
    [...Map.groupBy(statuses, (status) => status)].map(([status, all]) => [status, all.length]),
  );
const addressOf = (n: number): string => `10.1.${n >> 8}.${n & 255}`;

describe('passwords are guessed', () => {
  it('ten times from one address, then not for ten minutes, and for others still', async () => {
    const [name, other] = [await somebody(), await somebody()];
    for (let n = 0; n < 10; n += 1) expect(await guess(name)).toBe(401);
    const refused = await browser().ask('POST', '/session', {
      body: { userName: name.toUpperCase(), password: PASSWORD },
    });
    expect([refused.statusCode, refused.headers['retry-after']]).toEqual([429, '600']);
    expect(await browser().signIn(other)).toBe(201);
    edge.clock.advance(600_000);
    expect(await browser().signIn(name)).toBe(201);
  });

  it('a hundred times from one address, whatever the names', async () => {
    const name = await somebody();
    const seen: number[] = [];
    for (let n = 0; n < 101; n += 1) seen.push(await guess(`nobody-${n}`));
    expect(count(seen)).toEqual({ 401: 100, 429: 1 });
    expect(await browser().signIn(name)).toBe(429);
    expect(await browser().signIn(name, PASSWORD, ELSEWHERE)).toBe(201);
  });

  it('from everywhere: their owner still comes in where they have been before', async () => {
    const name = await somebody();
    expect(await browser().signIn(name, PASSWORD, ELSEWHERE)).toBe(201);
    const seen: number[] = [];
    for (let n = 0; n < 110; n += 1) seen.push(await guess(name, addressOf(n)));
    expect(count(seen)).toEqual({ 401: 100, 429: 10 });
    expect(await browser().signIn(name, PASSWORD, ELSEWHERE)).toBe(201);
  });

  it('a thousand times at once, and no oftener', async () => {
    const name = await somebody();
    const ofOne = await Promise.all(Array.from({ length: 1_000 }, () => guess(name)));
    expect(count(ofOne)).toEqual({ 401: 10, 429: 990 });
    const ofMany = Array.from({ length: 1_000 }, (_, n) => guess(`nobody-${n % 100}`, ELSEWHERE));
    expect(count(await Promise.all(ofMany))).toEqual({ 401: 100, 429: 900 });
  });

  it('by way of changing one, with a stolen cookie', async () => {
    const name = await somebody();
    const thief = await signedIn(name);
    const change = async (currentPassword: string): Promise<number> => {
      const body = { password: 'another long one', currentPassword };
      return (await thief.ask('PATCH', '/users/me', { body })).statusCode;
    };
    for (let n = 0; n < 10; n += 1) expect(await change('a wrong password')).toBe(400);
    expect(await change(PASSWORD)).toBe(429);
  });

  it('and the answers say nothing of who there is', async () => {
    const attempts = [
      await somebody(),
      await somebody(null),
      'nobody-here',
      '\u{1F512}',
      '__proto__',
    ];
    const told = attempts.map(async (userName) => {
      const body = { userName, password: 'a wrong password' };
      const words: unknown[] = [];
      for (let n = 0; n < 11; n += 1) {
        words.push(wordsOf(await browser().ask('POST', '/session', { body })));
      }
      return words;
    });
    const [first, ...others] = await Promise.all(told);
    expect(first?.[0]).toMatchObject({ statusCode: 401 });
    expect(first?.[10]).toMatchObject({ statusCode: 429 });
    for (const other of others) expect(other).toEqual(first);
  });
});

const invite = async (body: object = {}): Promise<{ id: string; secret: string }> =>
  (await browser().ask('POST', '/invitations', { body, headers: admin })).json();
const accept = async (secret: string, userName: string, address?: string): Promise<number> => {
  const body = { secret, userName, password: PASSWORD };
  const asking = address === undefined ? { body } : { body, address };
  return (await browser().ask('POST', '/invitations/accept', asking)).statusCode;
};
const isListed = async (id: string): Promise<boolean> =>
  (await edge.people.invitations.list()).some((other) => other.id === id);

describe('an invitation', () => {
  let invited = 0;
  const newName = (): string => `invited-${(invited += 1)}`;

  it('makes one account of fifty who try at once', async () => {
    const { secret } = await invite();
    const before = (await edge.people.accounts.all()).length;
    const tries = Array.from({ length: 50 }, () => accept(secret, newName()));
    expect(count(await Promise.all(tries))).toEqual({ 201: 1, 404: 49 });
    expect(await edge.people.accounts.all()).toHaveLength(before + 1);
  });

  it('that was used, has run out, was taken back or never was is told of in the same words', async () => {
    const [used, late, revoked] = [
      await invite(),
      await invite({ expiresInSeconds: 60 }),
      await invite(),
    ];
    expect(await accept(used.secret, newName())).toBe(201);
    await browser().ask('DELETE', `/invitations/${revoked.id}`, { headers: admin });
    edge.clock.advance(60_000);
    const words: unknown[] = [];
    for (const secret of [used.secret, late.secret, revoked.secret, 'x'.repeat(43)]) {
      const body = { secret, userName: newName(), password: PASSWORD };
      const opened = await browser().ask('POST', '/invitations/open', { body: { secret } });
      const accepted = await browser().ask('POST', '/invitations/accept', { body });
      words.push([wordsOf(opened), wordsOf(accepted)]);
    }
    expect(words[0]).toMatchObject([{ statusCode: 404 }, { statusCode: 404 }]);
    for (const other of words) expect(other).toEqual(words[0]);
  });

  it('for one name is good for no other, in whatever spelling', async () => {
    const name = newName();
    const { secret } = await invite({ userName: name });
    for (const other of [newName(), `${name}-`, `${name}\u0301`, name.replace('i', '\u0131')]) {
      expect(await accept(secret, other)).toBe(400);
    }
    expect(await accept(secret, name.toUpperCase())).toBe(201);
  });

  it('stays good when the name was taken', async () => {
    const { secret } = await invite();
    expect(await accept(secret, await somebody())).toBe(409);
    expect(await accept(secret, newName())).toBe(201);
  });

  it('that is taken back while somebody accepts it does not come back', async () => {
    const taken = await somebody();
    for (let round = 0; round < 3; round += 1) {
      const { id, secret } = await invite();
      const accepting = accept(secret, taken);
      // The password is being hashed: nobody else can have it now.
      await waitFor(
        'it is gone',
        () => isListed(id),
        (listed) => !listed,
        { everyMs: 0 },
      );
      await browser().ask('DELETE', `/invitations/${id}`, { headers: admin });
      await accepting;
      expect(await accept(secret, newName())).toBe(404);
    }
  });

  it('cannot be found by trying', async () => {
    const { secret } = await invite();
    for (let n = 0; n < 60; n += 1) {
      expect(await accept(String(n).padEnd(43, 'x'), newName(), ELSEWHERE)).toBe(404);
    }
    expect(await accept(secret, newName(), ELSEWHERE)).toBe(429);
    expect(await accept(secret, newName())).toBe(201);
  });

  it('that is accepted where somebody is signed in signs them out', async () => {
    const before = await signedIn(await somebody());
    const old = new Browser(edge, before.cookie);
    const body = { secret: (await invite()).secret, userName: newName(), password: PASSWORD };
    await before.ask('POST', '/invitations/accept', { body });
    expect(await before.who()).toBe(body.userName);
    expect(await old.who()).toBeUndefined();
  });

  it('is one of a thousand, and then others have to go first', async () => {
    const { secret } = await invite();
    const more = async (): Promise<number> =>
      (await browser().ask('POST', '/invitations', { body: {}, headers: admin })).statusCode;
    for (let n = (await edge.people.invitations.list()).length; n < 1_000; n += 1) {
      await edge.people.invitations.create({});
    }
    expect(await more()).toBe(409);
    const answer = await browser().ask('GET', '/invitations?limit=100', { headers: admin });
    expect(answer.json<{ items: unknown[] }>().items).toHaveLength(100);
    expect(await accept(secret, newName())).toBe(201);
    expect(await more()).toBe(201);
    edge.clock.advance(7 * 24 * 3_600_000);
    expect(await more()).toBe(201);
    expect(await edge.people.invitations.list()).toHaveLength(1);
  });
});

describe('a page of another site', () => {
  const writes = [
    ['POST', '/session', { userName: 'x', password: 'y' }],
    ['DELETE', '/session', undefined],
    ['PATCH', '/users/me', { displayName: 'Owned' }],
    ['DELETE', '/users/me', undefined],
    ['PUT', '/users/me/call-plan', { rules: [], blocked: [], blockGuests: true }],
    ['POST', '/calls/seen', undefined],
    ['POST', '/rooms', {}],
  ] as const;

  it.each<[what: string, headers: Record<string, string>]>([
    ['a foreign origin', { origin: 'https://evil.example' }],
    ['no origin to tell', { origin: 'null' }],
    ['an origin that ends like ours', { origin: 'http://localhost.evil.example' }],
    ['an origin that begins before ours', { origin: 'http://evil-localhost' }],
    ['ours, on another port', { origin: 'http://localhost:8080' }],
    [
      'a foreign origin that says it is ours',
      { origin: 'https://evil.example', 'sec-fetch-site': 'same-origin' },
    ],
    ['no origin, and another site', { 'sec-fetch-site': 'cross-site' }],
    ['no origin, and a neighbour of ours', { 'sec-fetch-site': 'same-site' }],
    ['no origin, and nonsense', { 'sec-fetch-site': 'same-origin, cross-site' }],
  ])('of %s writes nothing with our cookie', async (_, headers) => {
    const name = await somebody();
    const victim = await signedIn(name);
    for (const [method, path, body] of writes) {
      const asking = body ? { headers, body } : { headers };
      expect([path, (await victim.ask(method, path, asking)).statusCode]).toEqual([path, 403]);
    }
    expect(await victim.who()).toBe(name);
  });

  it('cannot send what a form sends', async () => {
    const victim = await signedIn(await somebody());
    const types = [
      'text/plain',
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=x',
    ];
    for (const type of types) {
      for (const [method, path] of writes) {
        const headers = { 'content-type': type };
        const answer = await victim.ask(method, path, { headers, body: '{"displayName":"Owned"}' });
        expect([type, path, answer.statusCode]).toEqual([type, path, 415]);
      }
    }
  });

  it('is none of a program, of our own page, or of the address line', async () => {
    const victim = await signedIn(await somebody());
    for (const headers of [
      {},
      { origin: 'http://localhost' },
      { origin: 'http://localhost', 'sec-fetch-site': 'same-origin' },
      { 'sec-fetch-site': 'same-origin' },
      { 'sec-fetch-site': 'none' },
    ]) {
      const body = { displayName: 'Mine' };
      expect((await victim.ask('PATCH', '/users/me', { body, headers })).statusCode).toBe(200);
    }
  });
});
