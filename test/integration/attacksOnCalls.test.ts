import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { CallAdmission } from '../../server/protocol/calls.ts';
import { newId } from '../../server/protocol/ids.ts';
import { CallParty, outcomeOf } from '../support/guards/CallParty.ts';
import type { RawClient } from '../support/rawClient.ts';
import { RawSocket } from '../support/rawSocket.ts';
import { Somebody, endedAs, heardCall, rings } from '../support/Somebody.ts';
import { startApp, type RunningApp } from '../support/startApp.ts';

/** What people try who are not, or no longer, in a call, and those who only want to disturb. */

let running: RunningApp;
let party: CallParty;
let people = 0;

beforeAll(async () => {
  running = await startApp({ TRUST_PROXY: 'loopback' });
  party = new CallParty(running);
});
afterAll(() => running.close());
afterEach(() => party.close());

const somebody = (): Promise<Somebody> => Somebody.create(running, `person-${(people += 1)}`);
const three = () => Promise.all([somebody(), somebody(), somebody()]);
const pages = (all: readonly Somebody[]) => Promise.all(all.map((who) => party.page(who)));
const asAdmin = (method: string, path: string, body?: object): Promise<Response> =>
  fetch(`${running.url}/api/v1${path}`, {
    method,
    headers: {
      authorization: `Bearer ${running.adminKey}`,
      ...(body && { 'content-type': 'application/json' }),
    },
    ...(body && { body: JSON.stringify(body) }),
  });
/** Over REST, with the token of a call. */
const withToken = async ({ token }: CallAdmission, method: string, path: string) => {
  const headers = { authorization: `Bearer ${token}` };
  return (await fetch(`${running.url}/api/v1${path}`, { method, headers })).status;
};

describe('a socket', () => {
  test.each<[what: string, headers: Record<string, string>]>([
    ['of a foreign page', { Origin: 'https://evil.example' }],
    ['of a page without an origin', { Origin: 'null' }],
    ['of a page whose name ends like ours', { Origin: 'http://evil-localhost' }],
    ['of a page whose name begins like ours', { Origin: 'http://localhost.evil.example' }],
    ['that another site opened without saying so', { 'Sec-Fetch-Site': 'cross-site' }],
  ])('%s is not opened, whatever cookie it brings', async (_, headers) => {
    const { cookie } = await somebody();
    const { raw, status } = await RawSocket.open(running.url, {
      headers: { Cookie: cookie, ...headers },
    });
    expect(status).toBe(403);
    raw.destroy();
  });

  test('is nobody’s with a cookie that is none, or no longer', async () => {
    const [gone, out] = [await somebody(), await somebody()];
    await asAdmin('DELETE', `/users/${gone.name}`);
    await out.rest('DELETE', '/session');
    for (const cookie of [
      gone.cookie,
      out.cookie,
      'roomtone=x',
      '__proto__=x',
      `roomtone=${'x'.repeat(8_192)}`,
    ]) {
      const line = await party.line({ cookie });
      expect(await outcomeOf(line.request('register', { active: true }))).toBe('unauthorized');
    }
  });

  test.each<[how: string, end: (who: Somebody) => Promise<unknown>]>([
    ['sign out', (who) => who.rest('DELETE', '/session')],
    [
      'are signed out elsewhere',
      async (who) => {
        const elsewhere = await Somebody.signIn(running, who.name);
        const { items } = await elsewhere.read<{ items: { id: string; current: boolean }[] }>(
          '/users/me/sign-ins',
        );
        const other = items.find(({ current }) => !current);
        return elsewhere.rest('DELETE', `/users/me/sign-ins/${other?.id}`);
      },
    ],
    [
      'change the password elsewhere',
      async (who) => {
        const elsewhere = await Somebody.signIn(running, who.name);
        const body = { password: 'another long one', currentPassword: 'correct horse battery' };
        return elsewhere.rest('PATCH', '/users/me', body);
      },
    ],
    [
      'are given another password',
      (who) => asAdmin('PATCH', `/users/${who.name}`, { password: 'another long one' }),
    ],
    ['are removed', (who) => asAdmin('DELETE', `/users/${who.name}`)],
  ])('hears nothing of somebody any more once they %s', async (_, end) => {
    const [who, friend] = [await somebody(), await somebody()];
    const [page, other] = (await pages([who, friend])) as [RawClient, RawClient];
    await end(who);
    expect(await page.closed).toMatchObject({ code: 4401 });
    const heard = page.notifications.length;
    await other.request('placeCall', { to: who.name, video: false });
    await other.settled();
    expect(page.notifications).toHaveLength(heard);
  });

  test('that owns a room by the account is sent away with the sign-in, and does not come back', async () => {
    const who = await somebody();
    const room = `room-of-${who.name}`;
    const first = await party.line({ cookie: who.cookie });
    await first.request('join', { room, name: 'Ann' });
    await first.request('ping', {});
    const second = await party.line({ cookie: who.cookie });
    const { self } = await second.request('join', { room, name: 'Ann' });
    expect(self.role).toBe('owner');
    await who.rest('DELETE', '/session');
    expect(await second.closed).toMatchObject({ code: 4401 });
    const { resumeToken } = self;
    expect(await outcomeOf((await party.line()).request('resume', { resumeToken }))).toBe(
      'not_found',
    );
    const again = await party.line({ cookie: who.cookie });
    expect((await again.request('join', { room, name: 'Ann' })).self.role).toBe('guest');
  });
});

describe('the way into a call', () => {
  test('leads to no other room, and to nothing that was recorded there', async () => {
    const [ana, bob, cara] = await three();
    const [anas, bobs, caras] = (await pages([ana, bob, cara])) as [
      RawClient,
      RawClient,
      RawClient,
    ];
    const { admissions } = await party.talk(bobs, anas, ana.name);
    const other = await party.talk(caras, await party.page(ana), ana.name);
    const { token } = admissions.caller;
    for (const room of [other.admissions.caller.roomId, 'some-other-room', newId('room')]) {
      expect(await party.refusal(room, { token })).toBe('unauthorized');
    }
    const path = `/rooms/${other.admissions.caller.roomId}`;
    expect(await withToken(admissions.caller, 'POST', `${path}/recordings`)).toBe(404);
    expect(await withToken(admissions.caller, 'DELETE', path)).toBe(404);
    expect(await withToken(admissions.caller, 'GET', '/recordings')).toBe(200);
  });

  test('is not the room’s address: not for who is rung, nor for the owner’s browser', async () => {
    const [ana, bob] = await three();
    const [anas, bobs] = (await pages([ana, bob])) as [RawClient, RawClient];
    const placed = await bobs.request('placeCall', { to: ana.name, video: false });
    const { roomId } = await heardCall(anas, rings);
    expect(roomId).toBe(placed.call.roomId);
    for (const cookie of [undefined, ana.cookie, bob.cookie]) {
      const credentials = cookie === undefined ? {} : { cookie };
      expect(await party.refusal(roomId, credentials)).toBe('not_found');
    }
  });

  test('is closed once it is over', async () => {
    const [ana, bob] = await three();
    const [anas, bobs] = (await pages([ana, bob])) as [RawClient, RawClient];
    const { id, admissions, placed } = await party.talk(bobs, anas, ana.name);
    await anas.request('hangUp', { callId: id });
    for (const { roomId, token } of [admissions.caller, admissions.callee]) {
      expect(await party.refusal(roomId, { token })).toBe('unauthorized');
      expect(await withToken({ roomId, token }, 'GET', '/recordings')).toBe(401);
    }
    const { callKey } = placed;
    expect(await outcomeOf((await party.line()).request('followCall', { callKey }))).toBe(
      'not_found',
    );
  });

  test('is closed for who has left it to two others, by whatever door', async () => {
    const [ana, bob, cara] = await three();
    const [anas, bobs, caras] = (await pages([ana, bob, cara])) as [
      RawClient,
      RawClient,
      RawClient,
    ];
    // The room is Ana's: she called.
    const { id, admissions, caller } = await party.talk(anas, bobs, bob.name);
    const { roomId, token } = admissions.caller;
    const own = await ana.rest('POST', `/rooms/${roomId}/tokens`, {
      identity: 'spy',
      grants: { roomRecord: true, roomAdmin: true },
    });
    const { token: spare } = (await own.json()) as { token: string };
    await anas.request('transferCall', { callId: id, to: cara.name });
    const ringing = await heardCall(caras, rings);
    const answered = await caras.request('answerCall', { callId: ringing.id });
    const third = await party.enter(answered.admission);
    for (const credentials of [{ token }, { token: spare }]) {
      expect(await party.refusal(roomId, credentials)).toBe('unauthorized');
      expect(
        await withToken({ roomId, ...credentials }, 'POST', `/rooms/${roomId}/recordings`),
      ).toBe(401);
    }
    for (const credentials of [{}, { cookie: ana.cookie }]) {
      expect(await party.refusal(roomId, credentials)).toBe('not_found');
    }
    const { resumeToken } = caller.snapshot.self;
    expect(await outcomeOf((await party.line()).request('resume', { resumeToken }))).toBe(
      'not_found',
    );
    for (const [method, path] of [
      ['GET', 'participants'],
      ['POST', 'recordings'],
      ['DELETE', `participants/${third.snapshot.self.id}`],
      ['DELETE', ''],
    ] as const) {
      const { status } = await ana.rest(method, `/rooms/${roomId}/${path}`.replace(/\/$/, ''));
      expect([path, status]).toEqual([path, 404]);
    }
    // It is Bob's now.
    expect((await bob.rest('GET', `/rooms/${roomId}/participants`)).status).toBe(200);
    await third.client.settled();
    expect(third.client.saidOf('participantJoined')).toEqual([]);
  });

  test('cannot be used in the very moment in which it closes', async () => {
    for (let round = 0; round < 10; round += 1) {
      const [ana, bob, cara] = await three();
      const [anas, bobs, caras] = (await pages([ana, bob, cara])) as [
        RawClient,
        RawClient,
        RawClient,
      ];
      const { id, admissions, callee } = await party.talk(anas, bobs, bob.name);
      const lines = await Promise.all(Array.from({ length: 8 }, () => party.line()));
      const { roomId: room, token } = admissions.caller;
      const joins = lines.map((line) => line.request('join', { room, name: 'Ann', token }));
      await Promise.all([
        anas.request('transferCall', { callId: id, to: cara.name }),
        Promise.allSettled(joins),
      ]);
      await heardCall(caras, rings);
      await callee.client.settled();
      const { items } = await bob.read<{ items: { name: string }[] }>(
        `/rooms/${room}/participants`,
      );
      expect(items.map(({ name }) => name)).toEqual([bob.name.replace('p', 'P')]);
      await party.close();
    }
  }, 60_000);

  test('is closed for who is removed, and the other one hears it', async () => {
    const [ana, bob] = await three();
    const [anas, bobs] = (await pages([ana, bob])) as [RawClient, RawClient];
    const { admissions, callee } = await party.talk(bobs, anas, ana.name);
    await asAdmin('DELETE', `/users/${ana.name}`);
    await heardCall(bobs, endedAs('completed'));
    expect((await callee.client.closed).code).toBe(1000);
    const { roomId, token } = admissions.callee;
    expect(await party.refusal(roomId, { token })).toBe('unauthorized');
  });
});

describe('somebody else’s call', () => {
  test('is told under the name of the account, whatever the caller says', async () => {
    const [ana, bob] = await three();
    const [anas, bobs] = (await pages([ana, bob])) as [RawClient, RawClient];
    const name = 'The Bank';
    const { admission } = await bobs.request('placeCall', { to: ana.name, name, video: false });
    const ringing = await heardCall(anas, rings);
    expect(ringing.other).toEqual({ name: bob.name, displayName: bob.name.replace('p', 'P') });
    const { snapshot } = await party.enter(admission!, name);
    expect(snapshot.participants.map((one) => one.name)).toEqual([bob.name.replace('p', 'P')]);
    // Who is not signed in there has no name of ours.
    const stranger = await party.line({ cookie: bob.cookie });
    await stranger.request('placeCall', { to: ana.name, name: bob.name, video: false });
    const second = await heardCall(anas, (call) => rings(call) && call.id !== ringing.id);
    expect(second.other).toEqual({ name: null, displayName: bob.name });
  });

  test('cannot be had with the key of another', async () => {
    const [ana, bob] = await three();
    const [anas, bobs] = (await pages([ana, bob])) as [RawClient, RawClient];
    const { placed } = await party.talk(bobs, anas, ana.name);
    const tries = [`${placed.callKey.slice(0, -1)}A`, `${placed.callKey}A`, 'x'.repeat(43)].filter(
      (key) => key !== placed.callKey,
    );
    for (const callKey of tries) {
      expect(await outcomeOf((await party.line()).request('followCall', { callKey }))).toBe(
        'not_found',
      );
    }
  });
});

describe('rung over and over', () => {
  test('by one guest, somebody is after twenty times, and so is nobody', async () => {
    const ana = await somebody();
    await party.page(ana);
    for (const to of [ana.name, 'nobody-here']) {
      const from = `203.0.113.${to.length}`;
      const place = async (name = to): Promise<string> => {
        const line = await party.line({ from });
        const { call } = await line.request('placeCall', { to: name, name: 'Greta', video: false });
        await line.request('hangUp', { callId: call.id });
        return 'answered';
      };
      for (let n = 0; n < 20; n += 1) expect(await outcomeOf(place())).toBe('answered');
      expect(await outcomeOf(place(to.toUpperCase()))).toBe('rate_limited');
      expect(await outcomeOf(place('somebody-else'))).toBe('answered');
    }
  }, 60_000);

  test('by many guests at once, the line stays free for members', async () => {
    const [ana, bob] = await three();
    const [anas, bobs] = (await pages([ana, bob])) as [RawClient, RawClient];
    const lines = await Promise.all(Array.from({ length: 12 }, () => party.line()));
    const placed = await Promise.all(
      lines.map((line) => line.request('placeCall', { to: ana.name, name: 'Greta', video: false })),
    );
    const outcomes = placed.map(({ call }) => call.outcome);
    expect(outcomes.filter((outcome) => outcome === null)).toHaveLength(2);
    expect(outcomes.filter((outcome) => outcome === 'busy')).toHaveLength(10);
    const { call } = await bobs.request('placeCall', { to: ana.name, video: false });
    await heardCall(anas, ({ id }) => id === call.id);
  });

  test('by one account that places sixty calls at once, eight people are at most', async () => {
    const caller = await somebody();
    const callees = await Promise.all(Array.from({ length: 20 }, () => somebody()));
    await pages(callees);
    const page = await party.page(caller);
    const placing = callees.map(({ name }) =>
      page.request('placeCall', { to: name, video: false }),
    );
    const outcomes = await Promise.all(placing.map(outcomeOf));
    expect(outcomes.filter((outcome) => outcome === 'answered')).toHaveLength(8);
    expect(outcomes.filter((outcome) => outcome === 'rate_limited')).toHaveLength(12);
  }, 60_000);
});
