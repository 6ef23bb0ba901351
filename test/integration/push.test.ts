import { decodeProtectedHeader, importJWK, jwtVerify } from 'jose';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { CallState } from '../../server/protocol/calls.ts';
import { newId } from '../../server/protocol/ids.ts';
import type { PushResource } from '../../server/protocol/push.ts';
import { ADMIN_KEY, httpOnly, type HttpOnly } from '../support/httpOnly.ts';
import { PushBrowser } from '../support/PushBrowser.ts';
import { PushService } from '../support/PushService.ts';
import { Somebody } from '../support/Somebody.ts';

let service: PushService;
let edge: HttpOnly;
let url: string;
let ana: Somebody;

const serve = async (options: Parameters<typeof httpOnly>[0]): Promise<void> => {
  edge = await httpOnly(options);
  url = await edge.app.listen({ host: '127.0.0.1', port: 0 });
  ana = await Somebody.create({ url, adminKey: ADMIN_KEY }, 'ana');
};
const signInAgain = (): Promise<Somebody> => Somebody.signIn({ url, adminKey: ADMIN_KEY }, 'ana');
const subscribe = async (
  somebody: Somebody,
  browser: PushBrowser = service.browser(),
): Promise<PushBrowser> => {
  const response = await somebody.rest('POST', '/push', browser.toJSON());
  expect([response.status, await response.text()]).toEqual([201, expect.any(String)]);
  return browser;
};
const pushOf = (somebody: Somebody): Promise<PushResource> => somebody.read('/push');
const countOf = async (somebody: Somebody): Promise<number> =>
  (await pushOf(somebody)).subscriptions.length;
const idOf = async (name: string) => (await edge.people.accounts.findByName(name))!.id;
const aCall = (call: Partial<CallState> = {}): CallState => ({
  id: newId('call'),
  direction: 'incoming',
  other: { name: 'ben', displayName: 'Ben' },
  state: 'ringing',
  outcome: null,
  video: true,
  startedAt: new Date(edge.clock.now()).toISOString(),
  ringUntil: new Date(edge.clock.now() + 25_000).toISOString(),
  answeredAt: null,
  endedAt: null,
  roomId: newId('room'),
  via: null,
  mailbox: false,
  heldBy: [],
  ...call,
});
const ring = async (call: CallState = aCall()): Promise<boolean> =>
  edge.push.notices.ring(await idOf('ana'), call);

beforeAll(async () => {
  service = await PushService.open();
});
afterAll(() => service.close());

describe('Web Push', () => {
  beforeEach(() =>
    serve({ pushNetwork: service.network, config: { publicUrl: 'https://meet.example' } }),
  );
  afterEach(() => edge.app.close());

  it('brings a call to a browser that alone can read it', async () => {
    const browser = await subscribe(ana);
    const call = aCall();
    expect(await edge.push.notices.reaches(await idOf('ana'))).toBe(true);
    expect(await ring(call)).toBe(true);
    expect(await service.messages(browser, 1)).toEqual([
      {
        kind: 'call',
        callId: call.id,
        from: { name: 'ben', displayName: 'Ben' },
        video: true,
        page: `/?accept=${call.id}`,
      },
    ]);
    const { body } = service.pushed(browser)[0]!;
    expect(() => service.browser().decrypt(body)).toThrow(/authenticate/);
    expect(body.toString('latin1')).not.toContain('Ben');
  });

  it('is carried for as long as it rings, before all else, and replaced when it ends', async () => {
    const browser = await subscribe(ana);
    const call = aCall();
    await ring(call);
    await edge.push.notices.stop(await idOf('ana'), {
      ...call,
      state: 'ended',
      outcome: 'noAnswer',
    });
    const [first, second] = service.pushed(browser);
    const topic = call.id.slice('call_'.length).replaceAll('-', '');
    expect(topic).toHaveLength(32);
    expect(first?.headers).toMatchObject({ ttl: '25', urgency: 'high', topic });
    expect(first?.headers).toMatchObject({ 'content-encoding': 'aes128gcm' });
    expect(second?.headers).toMatchObject({ ttl: '86400', urgency: 'normal', topic });
    expect((await service.messages(browser, 2))[1]).toEqual({
      kind: 'callEnded',
      callId: call.id,
      from: { name: 'ben', displayName: 'Ben' },
      missed: true,
      page: '/calls',
    });
  });

  it('tells only of what was missed that it was', async () => {
    const browser = await subscribe(ana);
    const answeredAt = new Date(edge.clock.now()).toISOString();
    const userId = await idOf('ana');
    for (const end of [
      { state: 'active', answeredAt },
      { state: 'ended', outcome: 'declined' },
      { state: 'ended', outcome: 'cancelled' },
      // It was forwarded, and rings somewhere else.
      { state: 'ringing' },
    ] satisfies Partial<CallState>[]) {
      await edge.push.notices.stop(userId, aCall(end));
    }
    const messages = await service.messages(browser, 4);
    expect(messages.map((message) => 'missed' in message && message.missed)).toEqual([
      false,
      false,
      true,
      false,
    ]);
  });

  it('never brings the end of a call before its beginning', async () => {
    const browser = await subscribe(ana);
    const call = aCall();
    const ringing = ring(call);
    const stopping = edge.push.notices.stop(await idOf('ana'), { ...call, state: 'active' });
    await Promise.all([ringing, stopping]);
    const messages = await service.messages(browser, 2);
    expect(messages.map(({ kind }) => kind)).toEqual(['call', 'callEnded']);
  });

  it('is signed with the key that browsers were given', async () => {
    const browser = await subscribe(ana);
    await ring();
    const { publicKey } = await pushOf(ana);
    const { authorization = '' } = service.pushed(browser)[0]!.headers;
    const [, token = '', key] = /^vapid t=([\w.-]+), k=([\w-]+)$/.exec(authorization) ?? [];
    expect(key).toBe(publicKey);
    const point = Buffer.from(publicKey, 'base64url');
    const [x, y] = [point.subarray(1, 33), point.subarray(33)].map((n) => n.toString('base64url'));
    const jwk = await importJWK({ kty: 'EC', crv: 'P-256', x: x!, y: y! }, 'ES256');
    expect(decodeProtectedHeader(token)).toMatchObject({ typ: 'JWT', alg: 'ES256' });
    const { payload } = await jwtVerify(token, jwk, { audience: service.origin });
    expect(payload.sub).toBe('https://meet.example');
    expect(payload.exp).toBeLessThanOrEqual(Date.now() / 1000 + 86_400);
  });

  it('rings in every browser of theirs and in no other', async () => {
    const ben = await Somebody.create({ url, adminKey: ADMIN_KEY }, 'ben');
    const browsers = [await subscribe(ana), await subscribe(await signInAgain())];
    const others = await subscribe(ben);
    await ring();
    for (const browser of browsers) expect(service.pushed(browser)).toHaveLength(1);
    expect(service.pushed(others)).toHaveLength(0);
  });

  it('reaches nobody who did not ask for it', async () => {
    expect(await edge.push.notices.reaches(await idOf('ana'))).toBe(false);
    expect(await ring()).toBe(false);
  });

  it.each([404, 410])('forgets a browser when the push service answers %i', async (status) => {
    const gone = await subscribe(ana);
    const other = await subscribe(await signInAgain());
    service.answer(gone, status);
    expect(await ring()).toBe(true);
    expect(await countOf(ana)).toBe(1);
    expect(await ring()).toBe(true);
    expect([service.pushed(gone).length, service.pushed(other).length]).toEqual([1, 2]);
    service.answer(other, status);
    expect(await ring()).toBe(false);
    expect(await edge.push.notices.reaches(await idOf('ana'))).toBe(false);
  });

  it.each([400, 429, 500, 307])('keeps it when it answers %i', async (status) => {
    const browser = await subscribe(ana);
    service.answer(browser, status);
    expect(await ring()).toBe(false);
    expect(await countOf(ana)).toBe(1);
    service.answer(browser, 201);
    expect(await ring()).toBe(true);
  });

  it('follows no redirect', async () => {
    const browser = await subscribe(ana);
    service.answer(browser, 308);
    const before = service.connections;
    await ring();
    expect(service.connections - before).toBe(1);
  });

  it('waits five seconds for a push service, not longer', async () => {
    const browser = await subscribe(ana);
    service.answer(browser, 'silence');
    const startedAt = performance.now();
    expect(await ring()).toBe(false);
    expect(performance.now() - startedAt).toBeGreaterThan(4_900);
    expect(performance.now() - startedAt).toBeLessThan(7_000);
  });
});

describe('the subscriptions of somebody', () => {
  beforeEach(() => serve({ pushNetwork: service.network }));
  afterEach(() => edge.app.close());

  it('are listed with the browser they are of', async () => {
    await subscribe(ana);
    edge.clock.advance(1000);
    const elsewhere = await signInAgain();
    await subscribe(elsewhere);
    const { publicKey, subscriptions } = await pushOf(elsewhere);
    expect(Buffer.from(publicKey, 'base64url')).toHaveLength(65);
    expect(subscriptions).toMatchObject([
      { id: expect.stringMatching(/^push_/), device: 'Unknown', current: false },
      { createdAt: new Date(edge.clock.now()).toISOString(), current: true },
    ]);
    expect(JSON.stringify(subscriptions)).not.toContain(service.origin);
  });

  it('end with signing out', async () => {
    const browser = await subscribe(ana);
    const elsewhere = await signInAgain();
    await subscribe(elsewhere);
    await ana.rest('DELETE', '/session');
    expect(await countOf(elsewhere)).toBe(1);
    await ring();
    expect(service.pushed(browser)).toHaveLength(0);
  });

  it('end elsewhere with a new password', async () => {
    await subscribe(ana);
    const elsewhere = await signInAgain();
    await subscribe(elsewhere);
    const change = { password: 'another long one', currentPassword: 'correct horse battery' };
    expect((await elsewhere.rest('PATCH', '/users/me', change)).status).toBe(200);
    expect((await pushOf(elsewhere)).subscriptions).toMatchObject([{ current: true }]);
  });

  it('end when they are removed, by them alone', async () => {
    await subscribe(ana);
    const [subscription] = (await pushOf(ana)).subscriptions;
    const ben = await Somebody.create({ url, adminKey: ADMIN_KEY }, 'ben');
    expect((await ben.rest('DELETE', `/push/${subscription!.id}`)).status).toBe(404);
    expect((await ana.rest('DELETE', `/push/${subscription!.id}`)).status).toBe(204);
    expect((await ana.rest('DELETE', `/push/${subscription!.id}`)).status).toBe(404);
    expect(await countOf(ana)).toBe(0);
  });

  it('are one for each browser: the last', async () => {
    const first = await subscribe(ana);
    await subscribe(ana);
    expect(await countOf(ana)).toBe(1);
    await ring();
    expect(service.pushed(first)).toHaveLength(0);
  });

  it('go over to whoever signs in there next', async () => {
    const browser = await subscribe(ana);
    const ben = await Somebody.create({ url, adminKey: ADMIN_KEY }, 'ben');
    await subscribe(ben, browser);
    expect([await countOf(ana), await countOf(ben)]).toEqual([0, 1]);
  });

  it('are twenty at most: the oldest makes place', async () => {
    const first = await subscribe(ana);
    const { accounts, signIns } = edge.people;
    const account = (await accounts.findByName('ana'))!;
    for (let i = 0; i < 20; i += 1) {
      const { signIn } = await signIns.start(account, 'Firefox');
      await edge.push.subscriptions.add(signIn, service.browser().toJSON());
    }
    expect(await countOf(ana)).toBe(20);
    await ring();
    expect(service.pushed(first)).toHaveLength(0);
  });

  it('are nobody else’s business', async () => {
    expect((await fetch(`${url}/api/v1/push`)).status).toBe(401);
    const headers = { authorization: `Bearer ${ADMIN_KEY}` };
    expect((await fetch(`${url}/api/v1/push`, { headers })).status).toBe(404);
  });
});

describe('a subscription', () => {
  beforeAll(() => serve({ pushNetwork: service.network }));
  afterAll(() => edge.app.close());

  it.each([
    ['plain http', { endpoint: 'http://localhost/push' }],
    ['no address', { endpoint: 'push' }],
    ['a password', { endpoint: 'https://me:sesame@localhost/push' }],
    ['another scheme', { endpoint: 'ftp://localhost/push' }],
    ['an address too long', { endpoint: `https://localhost/${'a'.repeat(2048)}` }],
    ['no key', { keys: undefined }],
    ['a short key', { keys: { p256dh: 'BA', auth: 'A'.repeat(22) } }],
    ['a key that is no point', { keys: { p256dh: 'B'.repeat(87), auth: 'A'.repeat(22) } }],
    ['a short secret', { keys: { ...service?.browser().toJSON().keys, auth: 'A' } }],
    ['something else', { userVisibleOnly: true }],
  ])('may not have %s', async (_, change) => {
    const subscription = { ...service.browser().toJSON(), ...change };
    expect((await ana.rest('POST', '/push', subscription)).status).toBe(400);
    expect(await countOf(ana)).toBe(0);
  });
});

describe('the browser of these tests', () => {
  it('reads the message of RFC 8291, appendix A', () => {
    const browser = new PushBrowser('https://push.example.net/push', {
      privateKey: 'q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94',
      auth: 'BTBZMqHH6r4Tts7J_aSIgg',
    });
    const body = Buffer.from(
      'DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27ml' +
        'mlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPT' +
        'pK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN',
      'base64url',
    );
    expect(browser.decrypt(body)).toBe('When I grow up, I want to be a watermelon');
  });
});
