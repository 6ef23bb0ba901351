import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type {
  CallAdmission,
  CallPlan,
  CallResource,
  CallState,
} from '../../server/protocol/calls.ts';
import { RawClient } from '../support/rawClient.ts';
import { Somebody, endedAs, heardCall, isActive, rings } from '../support/Somebody.ts';
import { startApp, type RunningApp } from '../support/startApp.ts';

/** What callers and callees are told, on every device, whatever happens. */

let running: RunningApp;
let ana: Somebody;
let bob: Somebody;
let cara: Somebody;
const open: RawClient[] = [];

const kept = <T extends RawClient>(client: T): T => {
  open.push(client);
  return client;
};
const page = async (who: Somebody): Promise<RawClient> => kept(await who.page());
const guest = async (): Promise<RawClient> => kept(await RawClient.open(running.url));
const calling = (to = 'ana', name = 'Greta') => ({ to, name, video: false });
const callOf = async (to: string): Promise<CallState> =>
  (await (await guest()).request('placeCall', calling(to))).call;
const plan = async (who: Somebody, patch: Partial<CallPlan>): Promise<void> => {
  const whole = { rules: [], blocked: [], blockGuests: false, ...patch };
  const response = await who.rest('PUT', '/users/me/call-plan', whole);
  expect(response.status).toBe(200);
};
const history = async (who: Somebody, query = ''): Promise<CallResource[]> =>
  (await who.read<{ items: CallResource[] }>(`/calls${query}`)).items;
/** Into the room of the call, as its page would. */
const enter = async ({ roomId, token }: { roomId: string; token: string }) => {
  const { client, snapshot } = await RawClient.join(running.url, roomId, { token });
  kept(client);
  return { client, snapshot };
};
const admissionOf = ({ admission }: { admission?: CallAdmission | undefined }): CallAdmission => {
  if (admission === undefined) throw new Error('not admitted');
  return admission;
};

beforeAll(async () => {
  running = await startApp();
  [ana, bob, cara] = [
    await Somebody.create(running, 'ana'),
    await Somebody.create(running, 'bob'),
    await Somebody.create(running, 'cara'),
  ];
});
afterAll(() => running.close());
beforeEach(async () => {
  for (const who of [ana, bob, cara]) {
    await plan(who, {});
    await who.set({ ringSeconds: 25, callWaiting: true, availability: 'automatic' });
  }
  return async () => {
    for (const who of [ana, bob, cara]) {
      for (const { id, state } of await history(who)) {
        if (state !== 'ended') await who.rest('POST', `/calls/${id}/hang-up`);
      }
    }
    for (const client of open.splice(0)) await client.close();
  };
});

/** Both in the room, talking. */
const talk = async (callerPage: RawClient, calleePage: RawClient, to: string) => {
  const placed = await callerPage.request('placeCall', calling(to));
  const caller = await enter(admissionOf(placed));
  await heardCall(calleePage, ({ id }) => id === placed.call.id);
  const answered = await calleePage.request('answerCall', { callId: placed.call.id });
  const callee = await enter(answered.admission);
  return { id: placed.call.id, placed, answered, caller, callee };
};

describe('a guest calls', () => {
  test('and every page of the callee rings; one answers, the others fall silent', async () => {
    const [first, second] = [await page(ana), await page(await Somebody.signIn(running, 'ana'))];
    const caller = await guest();
    const { call, admission } = await caller.request('placeCall', calling());
    expect(call).toMatchObject({ state: 'ringing', direction: 'outgoing', outcome: null });
    for (const each of [first, second]) {
      const ringing = await heardCall(each, rings);
      expect(ringing).toMatchObject({
        direction: 'incoming',
        other: { name: null, displayName: 'Greta' },
      });
    }
    const waiting = await enter(admissionOf({ admission }));
    const answered = await second.request('answerCall', { callId: call.id });
    await heardCall(first, isActive);
    await heardCall(caller, isActive);
    const refusal = first.request('answerCall', { callId: call.id });
    await expect(refusal).rejects.toMatchObject({ code: 'wrong_state' });
    const { snapshot } = await enter(answered.admission);
    expect(snapshot.participants.map(({ name }) => name)).toEqual(['Greta', 'Ana']);
    // Hanging up ends it on every screen, and the room with it.
    await caller.request('hangUp', { callId: call.id });
    for (const each of [first, second]) await heardCall(each, endedAs('completed'));
    expect((await waiting.client.closed).code).toBe(1000);
  });

  test('and nobody answers', async () => {
    await ana.set({ ringSeconds: 5 });
    const callee = await page(ana);
    const caller = await guest();
    await caller.request('placeCall', calling());
    await heardCall(caller, endedAs('noAnswer'));
    await heardCall(callee, endedAs('noAnswer'));
    const { missedCalls } = await callee.told('missedCallsChanged');
    expect(missedCalls).toBeGreaterThan(0);
    expect((await history(ana, '?missed=true'))[0]).toMatchObject({
      outcome: 'noAnswer',
      missed: true,
      seen: false,
    });
  }, 15_000);

  test('and thinks better of it', async () => {
    const callee = await page(ana);
    const caller = await guest();
    const { call } = await caller.request('placeCall', calling());
    await heardCall(callee, rings);
    await caller.request('hangUp', { callId: call.id });
    expect(await heardCall(callee, endedAs('cancelled'))).toMatchObject({ direction: 'incoming' });
  });

  test('and closes the page while it rings', async () => {
    const callee = await page(ana);
    const caller = await guest();
    await caller.request('placeCall', calling());
    await heardCall(callee, rings);
    caller.socket.close(1001);
    expect(await heardCall(callee, endedAs('cancelled'))).toMatchObject({ direction: 'incoming' });
  });

  test('and is declined', async () => {
    const [callee, other] = [await page(ana), await page(ana)];
    const caller = await guest();
    const { call } = await caller.request('placeCall', calling());
    await callee.request('declineCall', { callId: call.id });
    await heardCall(caller, endedAs('declined'));
    expect(await heardCall(other, endedAs('declined'))).toMatchObject({ direction: 'incoming' });
  });

  test('and loses the line: the call goes on over another', async () => {
    const callee = await page(ana);
    const caller = await guest();
    const { call, callKey } = await caller.request('placeCall', calling());
    await caller.cut();
    const back = await guest();
    const followed = await back.request('followCall', { callKey });
    expect(followed.call).toMatchObject({ id: call.id, state: 'ringing' });
    await callee.request('answerCall', { callId: call.id });
    await heardCall(back, isActive);
  });

  test.for<[what: string, prepare: () => Promise<unknown>, outcome: CallState['outcome']]>([
    ['offline', () => Promise.resolve(), 'offline'],
    [
      'do not disturb',
      async () => {
        await page(ana);
        await ana.set({ availability: 'doNotDisturb' });
      },
      'doNotDisturb',
    ],
    [
      'blocked',
      async () => {
        await page(ana);
        await plan(ana, { blockGuests: true });
      },
      'blocked',
    ],
  ])(
    'and cannot reach: %s; the caller is told no more than of nobody',
    async ([, prepare, outcome]) => {
      await prepare();
      const [real, absent] = [await callOf('ana'), await callOf('nobody-here')];
      const { id: _1, startedAt: _2, endedAt: _3, roomId: _4, ...seen } = real;
      const { id: _5, startedAt: _6, endedAt: _7, roomId: _8, ...expected } = absent;
      expect({ ...seen, other: null }).toEqual({ ...expected, other: null });
      expect(real.other).toEqual({ name: 'ana', displayName: 'ana' });
      expect(absent.other).toEqual({ name: 'nobody-here', displayName: 'nobody-here' });
      expect((await history(ana))[0]).toMatchObject({ outcome });
    },
  );

  test('without a name is asked for one', async () => {
    const caller = await guest();
    const refusal = caller.request('placeCall', { to: 'ana', video: false });
    await expect(refusal).rejects.toMatchObject({ code: 'bad_request' });
  });
});

describe('somebody who talks already', () => {
  test('hears of a second call, or the caller hears busy', async () => {
    const [anas, bobs] = [await page(ana), await page(bob)];
    await talk(bobs, anas, 'ana');
    const caras = await page(cara);
    await ana.set({ callWaiting: false });
    const { call: busy } = await caras.request('placeCall', calling());
    expect(busy).toMatchObject({ state: 'ended', outcome: 'busy' });
    await ana.set({ callWaiting: true });
    const { call: second } = await caras.request('placeCall', calling());
    await heardCall(anas, ({ id }) => id === second.id);
  });

  test('puts it on hold, and both know', async () => {
    const [anas, bobs] = [await page(ana), await page(bob)];
    const { id } = await talk(bobs, anas, 'ana');
    await anas.request('holdCall', { callId: id, held: true });
    await heardCall(bobs, ({ heldBy }) => heldBy.includes('other'));
    await anas.request('holdCall', { callId: id, held: false });
    const last = await heardCall(bobs, (call) => call === bobs.saidOf('callChanged').at(-1));
    expect(last.heldBy).toEqual([]);
  });

  test('goes on on another device', async () => {
    const [anas, bobs] = [await page(ana), await page(bob)];
    const { id, callee, caller } = await talk(bobs, anas, 'ana');
    const phone = await page(await Somebody.signIn(running, 'ana'));
    const { admission } = await phone.request('moveCall', { callId: id });
    const moved = await enter(admission);
    expect((await callee.client.closed).code).toBe(4409);
    expect(moved.snapshot.participants.map(({ name }) => name).toSorted()).toEqual(['Ana', 'Bob']);
    await caller.client.settled();
    expect(bobs.saidOf('callChanged').some(({ state }) => state === 'ended')).toBe(false);
  });

  test('brings in a third person; the call is over for who leaves, and goes on for the others', async () => {
    const [anas, bobs, caras] = [await page(ana), await page(bob), await page(cara)];
    const { id, callee, caller } = await talk(bobs, anas, 'ana');
    const added = await anas.request('addToCall', { callId: id, user: 'cara' });
    expect(added).toMatchObject({ state: 'ringing', other: { displayName: 'Cara' } });
    await heardCall(caras, rings);
    const answered = await caras.request('answerCall', { callId: added.id });
    const third = await enter(answered.admission);
    expect(third.snapshot.participants).toHaveLength(3);
    await anas.request('hangUp', { callId: id });
    await heardCall(bobs, endedAs('completed'));
    await anas.request('hangUp', { callId: added.id });
    await callee.client.closed;
    await caller.client.settled();
    expect(caller.client.socket.readyState).toBe(caller.client.socket.OPEN);
    // The last one is not left waiting for nobody.
    await third.client.request('leave', {});
    expect((await caller.client.closed).code).toBe(4403);
  }, 15_000);

  test('transfers it blindly', async () => {
    const [anas, bobs, caras] = [await page(ana), await page(bob), await page(cara)];
    const { id, callee } = await talk(bobs, anas, 'ana');
    await anas.request('transferCall', { callId: id, to: 'cara' });
    await heardCall(bobs, endedAs('transferred'));
    expect((await callee.client.closed).code).toBe(1000);
    const ringing = await heardCall(caras, rings);
    expect(ringing).toMatchObject({ other: { displayName: 'Bob' }, via: 'Ana' });
    const answered = await caras.request('answerCall', { callId: ringing.id });
    const { snapshot } = await enter(answered.admission);
    expect(snapshot.participants.map(({ name }) => name)).toEqual(['Bob', 'Cara']);
    await heardCall(bobs, (call) => call.id === ringing.id && isActive(call));
  });

  test('has a blind transfer back that nobody takes', async () => {
    const [anas, bobs, caras] = [await page(ana), await page(bob), await page(cara)];
    const { id } = await talk(bobs, anas, 'ana');
    await anas.request('transferCall', { callId: id, to: 'cara' });
    const ringing = await heardCall(caras, rings);
    await caras.request('declineCall', { callId: ringing.id });
    const back = await heardCall(anas, (call) => rings(call) && call.id !== id);
    expect(back).toMatchObject({ other: { displayName: 'Bob' }, via: 'Cara' });
    const answered = await anas.request('answerCall', { callId: back.id });
    const { snapshot } = await enter(answered.admission);
    expect(snapshot.participants.map(({ name }) => name)).toEqual(['Bob', 'Ana']);
  });

  test('connects the two it talks to', async () => {
    const [anas, bobs, caras] = [await page(ana), await page(bob), await page(cara)];
    const first = await talk(bobs, anas, 'ana');
    const second = await talk(anas, caras, 'cara');
    await anas.request('transferCall', { callId: first.id, toCall: second.id });
    const moved = await caras.told('callMoved');
    expect(moved).toMatchObject({ fromCallId: second.id, call: { other: { displayName: 'Bob' } } });
    const { snapshot } = await enter(moved.admission);
    expect(snapshot.participants.map(({ name }) => name)).toEqual(['Bob', 'Cara']);
    await heardCall(bobs, endedAs('transferred'));
    await heardCall(anas, endedAs('transferred'));
  });
});

describe('rules', () => {
  test('forward when nobody answers, and both histories are true', async () => {
    await ana.set({ ringSeconds: 5 });
    await plan(ana, { rules: [{ when: 'noAnswer', then: { forwardTo: 'cara' } }] });
    const [anas, bobs, caras] = [await page(ana), await page(bob), await page(cara)];
    const { call } = await bobs.request('placeCall', calling());
    await heardCall(anas, endedAs('noAnswer'));
    const forwarded = await heardCall(caras, rings);
    expect(forwarded).toMatchObject({ id: call.id, via: 'Ana', other: { displayName: 'Bob' } });
    await caras.request('answerCall', { callId: call.id });
    const active = await heardCall(bobs, isActive);
    expect(active.other.displayName).toBe('Cara');
    expect((await history(ana))[0]).toMatchObject({ outcome: 'noAnswer', missed: true });
    expect((await history(bob))[0]).toMatchObject({ id: call.id, state: 'active' });
  }, 15_000);

  test('forward when offline, and stop where they would go round', async () => {
    await plan(ana, { rules: [{ when: 'offline', then: { forwardTo: 'cara' } }] });
    await plan(cara, { rules: [{ when: 'offline', then: { forwardTo: 'ana' } }] });
    const bobs = await page(bob);
    expect((await bobs.request('placeCall', calling())).call).toMatchObject({
      state: 'ended',
      outcome: 'unavailable',
    });
    const caras = await page(cara);
    await bobs.request('placeCall', calling());
    expect(await heardCall(caras, rings)).toMatchObject({ via: 'Ana' });
  });

  test('tell in words what would happen', async () => {
    await plan(ana, {
      rules: [{ when: 'always', callers: ['bob'], then: { forwardTo: 'cara' } }],
    });
    const ask = async (body: object) =>
      (await (await ana.rest('POST', '/users/me/call-plan/trial', body)).json()) as unknown;
    await page(cara);
    expect(await ask({ caller: 'bob' })).toMatchObject({
      steps: [
        { user: 'ana', does: 'forward', because: 'always', rule: 0 },
        { user: 'cara', does: 'ring', because: 'free', ringSeconds: 25 },
        { user: 'cara', does: 'voicemail', because: 'noAnswer' },
      ],
    });
    expect(await ask({})).toMatchObject({ steps: [{ does: 'voicemail', because: 'offline' }] });
  });
});

describe('presence', () => {
  test('is told to who may see it, as it changes', async () => {
    const bobs = await page(bob);
    const anas = await page(ana);
    const sees = (presence: string | null) =>
      bobs.told(
        'presenceChanged',
        (person) => person.name === 'ana' && person.presence === presence,
      );
    await sees('online');
    await anas.request('setActive', { active: false });
    await sees('away');
    await ana.set({ availability: 'doNotDisturb' });
    await sees('doNotDisturb');
    await ana.set({ presenceVisibleTo: 'nobody' });
    await sees(null);
    const person = await bob.read<{ presence: string | null }>('/users/ana/presence');
    expect(person.presence).toBeNull();
    await ana.set({ presenceVisibleTo: 'members' });
  });

  test('ends with the sign-in', async () => {
    const second = await Somebody.signIn(running, 'ana');
    const theirs = await page(second);
    await second.rest('DELETE', '/session');
    expect((await theirs.closed).code).toBe(4401);
  });
});

test('whoever is in a conference is seen to be in a call', async () => {
  const bobs = await page(bob);
  await page(ana);
  const conference = kept(await RawClient.open(running.url, { cookie: ana.cookie }));
  await conference.request('join', { room: 'conference-of-ana', name: 'Ana' });
  const sees = (presence: string) =>
    bobs.told('presenceChanged', (person) => person.name === 'ana' && person.presence === presence);
  await sees('inCall');
  bobs.notifications.splice(0);
  await conference.request('leave', {});
  expect(await sees('online')).toMatchObject({ displayName: 'Ana' });
});

test('a room belongs to whoever started it signed in, in every browser', async () => {
  const first = kept(await RawClient.open(running.url, { cookie: ana.cookie }));
  const { self } = await first.request('join', { room: 'room-of-ana', name: 'Ana' });
  expect(self.role).toBe('owner');
  const elsewhere = await Somebody.signIn(running, 'ana');
  const second = kept(await RawClient.open(running.url, { cookie: elsewhere.cookie }));
  const again = await second.request('join', { room: 'room-of-ana', name: 'Ana' });
  expect(again.self.role).toBe('owner');
  const other = kept(await RawClient.open(running.url, { cookie: bob.cookie }));
  expect((await other.request('join', { room: 'room-of-ana', name: 'Bob' })).self.role).toBe(
    'guest',
  );
  const patch = { locked: true };
  expect((await bob.rest('PATCH', '/rooms/room-of-ana', patch)).status).toBe(404);
  expect((await elsewhere.rest('PATCH', '/rooms/room-of-ana', patch)).status).toBe(200);
});
