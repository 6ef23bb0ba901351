import { exportJWK, generateKeyPair } from 'jose';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { SessionResource } from '../../server/protocol/people.ts';
import { httpOnly, type HttpOnly } from '../support/httpOnly.ts';
import { LoginProvider } from '../support/LoginProvider.ts';
import { Wanderer } from '../support/Wanderer.ts';

const PROBLEM = '/signin?problem=openid';

let provider: LoginProvider;
let edge: HttpOnly;
let url: string;

beforeAll(() => {
  // It warns, each time, of being one for tests.
  for (const level of ['warn', 'info'] as const) vi.spyOn(console, level).mockReturnValue();
});
beforeEach(async () => {
  provider = await LoginProvider.create({
    sub1: { name: 'Ana Berg', preferred_username: 'Ana.Berg' },
    sub2: { name: 'Another Ana', preferred_username: 'ana.berg' },
    sub3: { email: 'ben@example.org' },
    sub4: { name: '\u202e', preferred_username: '!!!' },
    sub5: { name: 'Jürgen Groß', preferred_username: 'Jürgen (IT)@example.org' },
    sub6: { preferred_username: 'me' },
  });
  edge = await httpOnly({ openId: provider.config });
  url = await edge.app.listen({ host: '127.0.0.1', port: 0 });
  await provider.start(url);
});
afterEach(async () => {
  await provider.stop();
  await edge.app.close();
});

const start = (then?: string): string =>
  `${url}/api/v1/openid/start${then === undefined ? '' : `?then=${encodeURIComponent(then)}`}`;
/** From the button to the address at which the provider hands the browser back. */
const comeBack = async (wanderer: Wanderer, login: string, then?: string): Promise<string> =>
  wanderer.passProvider(await wanderer.step(start(then)), login);
const signIn = async (wanderer: Wanderer, login: string, then?: string): Promise<string> =>
  (await wanderer.step(await comeBack(wanderer, login, then))).slice(url.length);
const sessionOf = async (wanderer: Wanderer): Promise<SessionResource> =>
  (await wanderer.ask(`${url}/api/v1/session`)).json() as Promise<SessionResource>;
const nameOf = async (wanderer: Wanderer): Promise<string | undefined> =>
  (await sessionOf(wanderer)).user?.name;

/** Null: they were let in. Else where they were sent, with nothing else. */
const refusalOf = async (wanderer: Wanderer, back: string): Promise<string | null> => {
  const response = await wanderer.ask(back);
  if ((await nameOf(wanderer)) !== undefined) return null;
  return `${response.status} ${response.headers.get('location')}${await response.text()}`;
};
const changed = (back: string, change: (query: URLSearchParams) => void): string => {
  const address = new URL(back);
  change(address.searchParams);
  return address.href;
};
const REFUSED = `303 ${PROBLEM}`;

describe('signing in at a provider', () => {
  it('makes an account with the names it has there', async () => {
    const wanderer = new Wanderer();
    expect(await signIn(wanderer, 'sub1', '/recordings?q=a#b')).toBe('/recordings?q=a#b');
    expect(await sessionOf(wanderer)).toMatchObject({
      user: { name: 'ana.berg', displayName: 'Ana Berg', role: 'member', hasPassword: false },
      openId: 'Staff',
    });
  });

  it('finds the same account the next time, whatever they are called by then', async () => {
    await signIn(new Wanderer(), 'sub1');
    provider.people['sub1'] = { name: 'Ana Sea', preferred_username: 'ana.sea' };
    const elsewhere = new Wanderer();
    expect(await signIn(elsewhere, 'sub1')).toBe('/');
    expect(await nameOf(elsewhere)).toBe('ana.berg');
    expect(await edge.people.accounts.all()).toHaveLength(1);
  });

  it('never takes over an account that has the name', async () => {
    const password = 'correct horse battery';
    const { accounts } = edge.people;
    const local = await accounts.create({ name: 'ana.berg', password });
    const [first, second] = [new Wanderer(), new Wanderer()];
    await signIn(first, 'sub1');
    await signIn(second, 'sub2');
    expect(await nameOf(first)).toBe('ana.berg-2');
    expect(await nameOf(second)).toBe('ana.berg-3');
    expect(await accounts.whose('ana.berg', password)).toEqual(local);
  });

  it.each([
    ['sub3', 'ben', 'ben'],
    ['sub4', 'user', '!!!'],
    ['sub5', 'jurgen-it', 'Jürgen Groß'],
    ['sub6', 'me-2', 'me'],
    ['sub7', 'user', 'user'],
  ])('calls %s %s, to read %s', async (login, name, displayName) => {
    const wanderer = new Wanderer();
    await signIn(wanderer, login);
    expect((await sessionOf(wanderer)).user).toMatchObject({ name, displayName });
  });

  it('makes one account of somebody who comes twice at the same moment', async () => {
    const wanderers = Array.from({ length: 4 }, () => new Wanderer());
    await Promise.all(wanderers.map((wanderer) => signIn(wanderer, 'sub1')));
    expect(await Promise.all(wanderers.map(nameOf))).toEqual(Array(4).fill('ana.berg'));
    expect(await edge.people.accounts.all()).toHaveLength(1);
  });

  it('ends what was signed in there before', async () => {
    const wanderer = new Wanderer();
    await signIn(wanderer, 'sub1');
    const before = new Map(wanderer.cookies(url));
    await signIn(wanderer, 'sub1');
    const [account] = await edge.people.accounts.all();
    expect(await edge.people.signIns.of(account!.id)).toHaveLength(1);
    const old = new Wanderer();
    for (const [name, value] of before) old.cookies(url).set(name, value);
    expect(await nameOf(old)).toBeUndefined();
    expect(await nameOf(wanderer)).toBe('ana.berg');
  });

  it('shows cookies to no script and no other site', async () => {
    const wanderer = new Wanderer();
    const away = await wanderer.ask(start());
    expect(away.status).toBe(303);
    expect(away.headers.get('set-cookie')).toMatch(/; HttpOnly; SameSite=Lax$/);
    expect(away.headers.get('cache-control')).toBe('no-store');
    const back = await wanderer.passProvider(away.headers.get('location')!, 'sub1');
    const cookies = (await wanderer.ask(back)).headers.getSetCookie();
    expect(cookies).toContainEqual(
      expect.stringMatching(/^roomtone=.+; HttpOnly; SameSite=Strict/),
    );
    expect(cookies).toContainEqual(
      expect.stringMatching(/^roomtone-openid=; .*Expires=Thu, 01 Jan/),
    );
  });

  it.each(['https://evil.example/', '//evil.example', '/\\evil.example', '/api/v1/openid/start'])(
    'takes nobody to %s afterwards',
    async (then) => {
      expect(await signIn(new Wanderer(), 'sub1', then)).toBe('/');
    },
  );

  it('asks as OAuth 2.1 wants it', async () => {
    const { searchParams: asked } = new URL(await new Wanderer().step(start()));
    expect(Object.fromEntries(asked)).toMatchObject({
      response_type: 'code',
      redirect_uri: `${url}/api/v1/openid/callback`,
      code_challenge_method: 'S256',
      scope: 'openid profile email',
      state: expect.stringMatching(/^[\w-]{43}$/),
      nonce: expect.stringMatching(/^[\w-]{43}$/),
    });
  });
});

describe('whoever comes back with something wrong is not let in', () => {
  it('another state', async () => {
    const wanderer = new Wanderer();
    const back = await comeBack(wanderer, 'sub1');
    expect(
      await refusalOf(
        wanderer,
        changed(back, (query) => query.set('state', 'x'.repeat(43))),
      ),
    ).toBe(REFUSED);
  });

  it('no state', async () => {
    const wanderer = new Wanderer();
    const back = await comeBack(wanderer, 'sub1');
    expect(
      await refusalOf(
        wanderer,
        changed(back, (query) => query.delete('state')),
      ),
    ).toBe(REFUSED);
  });

  it('another issuer', async () => {
    const wanderer = new Wanderer();
    const back = await comeBack(wanderer, 'sub1');
    expect(new URL(back).searchParams.get('iss')).toBe(provider.issuer);
    expect(
      await refusalOf(
        wanderer,
        changed(back, (query) => query.set('iss', 'http://localhost:1')),
      ),
    ).toBe(REFUSED);
  });

  it('no issuer, from a provider that always says it', async () => {
    const wanderer = new Wanderer();
    const back = await comeBack(wanderer, 'sub1');
    expect(
      await refusalOf(
        wanderer,
        changed(back, (query) => query.delete('iss')),
      ),
    ).toBe(REFUSED);
  });

  it('the same address once more, with the cookie it had', async () => {
    const wanderer = new Wanderer();
    const back = await comeBack(wanderer, 'sub1');
    const cookies = new Map(wanderer.cookies(url));
    expect(await wanderer.step(back)).toBe(`${url}/`);
    const [again, thief] = [new Wanderer(), new Wanderer()];
    for (const [name, value] of cookies) thief.cookies(url).set(name, value);
    expect(await refusalOf(again, back)).toBe(REFUSED);
    expect(await refusalOf(thief, back)).toBe(REFUSED);
  });

  it('an address that somebody else was given', async () => {
    const victim = new Wanderer();
    await victim.step(start());
    expect(await refusalOf(victim, await comeBack(new Wanderer(), 'sub2'))).toBe(REFUSED);
  });

  it('a code that somebody else was given', async () => {
    const thief = new Wanderer();
    const own = await comeBack(thief, 'sub2');
    const stolen = new URL(await comeBack(new Wanderer(), 'sub1')).searchParams.get('code')!;
    expect(
      await refusalOf(
        thief,
        changed(own, (query) => query.set('code', stolen)),
      ),
    ).toBe(REFUSED);
  });

  it('too late', async () => {
    const wanderer = new Wanderer();
    const back = await comeBack(wanderer, 'sub1');
    edge.clock.advance(600_000);
    expect(await refusalOf(wanderer, back)).toBe(REFUSED);
  });

  it('just in time', async () => {
    const wanderer = new Wanderer();
    const back = await comeBack(wanderer, 'sub1');
    edge.clock.advance(599_000);
    expect(await wanderer.step(back)).toBe(`${url}/`);
    expect(await nameOf(wanderer)).toBe('ana.berg');
  });

  it('a cookie of their own making', async () => {
    const wanderer = new Wanderer();
    const back = await comeBack(wanderer, 'sub1');
    for (const sealed of ['x', 'a.b.c.d.e', `${wanderer.cookies(url).get('roomtone-openid')}A`]) {
      wanderer.cookies(url).set('roomtone-openid', sealed);
      expect(await refusalOf(wanderer, back)).toBe(REFUSED);
    }
  });

  it('nothing at all', async () => {
    expect(await refusalOf(new Wanderer(), `${url}/api/v1/openid/callback`)).toBe(REFUSED);
  });

  it('the word that they do not want to', async () => {
    const wanderer = new Wanderer();
    const asked = new URL(await wanderer.step(start()));
    const state = asked.searchParams.get('state')!;
    const answer = new URLSearchParams({ error: 'access_denied', state, iss: provider.issuer });
    expect(await refusalOf(wanderer, `${url}/api/v1/openid/callback?${answer}`)).toBe(REFUSED);
  });

  it('but with the page they wanted', async () => {
    const wanderer = new Wanderer();
    const back = await comeBack(wanderer, 'sub1', '/voicemail');
    edge.clock.advance(1);
    const wrong = changed(back, (query) => query.delete('code'));
    expect(await wanderer.step(wrong)).toBe(`${url}${PROBLEM}&then=%2Fvoicemail`);
  });
});

/** Whom the provider brings in when it is set up like this. */
const whoComesBy = async (
  setUp: Parameters<LoginProvider['start']>[1],
): Promise<string | undefined> => {
  await provider.stop();
  await provider.start(url, setUp);
  const wanderer = new Wanderer();
  await signIn(wanderer, 'sub1');
  return nameOf(wanderer);
};

describe('a provider', () => {
  it('that is down is told, and asked again the next time', async () => {
    await provider.stop();
    const wanderer = new Wanderer();
    expect(await wanderer.step(start())).toBe(url + PROBLEM);
    expect(await wanderer.step(start('/voicemail'))).toBe(`${url}${PROBLEM}&then=%2Fvoicemail`);
    expect(wanderer.cookies(url).size).toBe(0);
    await provider.resume();
    expect(await signIn(wanderer, 'sub1')).toBe('/');
  });

  it('that goes down once people have signed in there is told as well', async () => {
    await signIn(new Wanderer(), 'sub1');
    await provider.stop();
    edge.clock.advance(5_000);
    expect(await new Wanderer().step(start())).toBe(url + PROBLEM);
  });

  it('that goes down in between is told', async () => {
    const wanderer = new Wanderer();
    const back = await comeBack(wanderer, 'sub1');
    await provider.stop();
    expect(await wanderer.step(back)).toBe(url + PROBLEM);
    expect(await nameOf(wanderer)).toBeUndefined();
  });

  it('that says it is another is not believed', async () => {
    provider.answerWith(() => (_, response) => {
      const issuer = 'https://login.example.org';
      response.setHeader('content-type', 'application/json');
      response.end(
        JSON.stringify({
          issuer,
          authorization_endpoint: `${provider.issuer}/auth`,
          token_endpoint: `${provider.issuer}/token`,
          jwks_uri: `${provider.issuer}/jwks`,
        }),
      );
    });
    expect(await new Wanderer().step(start())).toBe(url + PROBLEM);
  });

  it('that talks nonsense is not believed', async () => {
    provider.answerWith(() => (_, response) => response.end('<html>'));
    expect(await new Wanderer().step(start())).toBe(url + PROBLEM);
  });

  it('whose ID token others have signed is not believed', async () => {
    const wanderer = new Wanderer();
    const back = await comeBack(wanderer, 'sub1');
    const { publicKey } = await generateKeyPair('RS256', { extractable: true });
    const keys = [{ ...(await exportJWK(publicKey)), alg: 'RS256', use: 'sig' }];
    provider.answerWith((asUsual) => (request, response) => {
      if (request.url !== '/jwks') return asUsual(request, response);
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify({ keys }));
    });
    expect(await wanderer.step(back)).toBe(url + PROBLEM);
    expect(await edge.people.accounts.all()).toEqual([]);
  });

  it('that wants the secret in the body serves as well', async () => {
    const method = 'client_secret_post';
    const setUp = {
      clientAuthMethods: [method] as const,
      client: { token_endpoint_auth_method: method } as const,
    };
    expect(await whoComesBy(setUp)).toBe('ana.berg');
  });

  it('that tells names in the ID token serves as well', async () => {
    expect(await whoComesBy({ conformIdTokenClaims: false })).toBe('ana.berg');
  });

  it('that signs by another method serves as well', async () => {
    const { privateKey } = await generateKeyPair('ES256', { extractable: true });
    const key = { ...(await exportJWK(privateKey)), alg: 'ES256', use: 'sig' };
    const client = { id_token_signed_response_alg: 'ES256' } as const;
    expect(await whoComesBy({ jwks: { keys: [key] }, client })).toBe('ana.berg');
  });
});

describe('without a provider', () => {
  let alone: HttpOnly;
  beforeAll(async () => {
    alone = await httpOnly();
  });
  afterAll(() => alone.app.close());

  it.each(['start', 'callback'])('there is no %s', async (page) => {
    const response = await alone.app.inject({ url: `/api/v1/openid/${page}` });
    expect(response.statusCode).toBe(404);
  });

  it('pages are told of none', async () => {
    const response = await alone.app.inject({ url: '/api/v1/session' });
    expect(response.json()).toEqual({ user: null, openId: null, mail: false });
  });
});
