import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { CallAdmission, CallResource } from '../../server/protocol/calls.ts';
import type { MessageBeingLeft, Voicemail } from '../../server/protocol/voicemail.ts';
import { Peer } from '../support/peer.ts';
import { RawClient, type Refusal } from '../support/rawClient.ts';
import { Somebody } from '../support/Somebody.ts';
import { briefSounds } from '../support/shortSounds.ts';
import { startApp, type RunningApp } from '../support/startApp.ts';
import { waitFor, within } from '../support/waitFor.ts';

/** Whom a message is for hears it while it is left, through the real worker, and picks up. */

let running: RunningApp;
let ana: Somebody;
let bob: Somebody;
const closing: (() => unknown)[] = [];

beforeAll(async () => {
  running = await startApp({}, { sounds: briefSounds });
  ana = await Somebody.create(running, 'ana');
  bob = await Somebody.create(running, 'bob');
  await ana.set({ availability: 'doNotDisturb' });
});
afterAll(() => running.close());
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
  for (const { id } of await inbox()) await ana.rest('DELETE', `/voicemails/${id}`);
});

const pageOf = async (who: Somebody): Promise<RawClient> => {
  const page = await who.page();
  closing.push(() => page.close());
  return page;
};

const enter = async (
  { roomId, token }: CallAdmission,
  name: string,
  { speaks = true } = {},
): Promise<Peer> => {
  const peer = new Peer({ url: running.url, room: roomId, name, token });
  closing.push(() => peer.close());
  if (speaks) await peer.send('microphone');
  await peer.client.join();
  return peer;
};

/** A guest calls in vain, and comes into the room of the message with a microphone that is on. */
const leave = async () => {
  const client = await RawClient.open(running.url);
  closing.push(() => client.close());
  const { call } = await client.request('placeCall', { to: 'ana', name: 'Greta', video: false });
  const left = await client.request('leaveMessage', { callId: call.id });
  const peer = await enter(left.admission, 'Greta');
  const is = (state: string) => client.told('messageChanged', (message) => message.state === state);
  return { client, peer, is, call, messageId: left.message.id, ...left };
};

const beingLeft = (page: RawClient, state: MessageBeingLeft['state']): Promise<MessageBeingLeft> =>
  page.told('messageBeingLeft', (news) => news.state === state);

const inbox = async (): Promise<Voicemail[]> =>
  (await ana.read<{ items: Voicemail[] }>('/voicemails')).items;

const delivered = async (): Promise<Voicemail> => {
  const [message] = await waitFor('the message is there', inbox, (found) => found.length > 0);
  return message!;
};

const hears = (peer: Peer, name: string): Promise<unknown> => {
  const before = peer.packetsFrom(name, 'microphone');
  return waitFor(
    `${name} is heard`,
    () => peer.packetsFrom(name, 'microphone'),
    (packets) => packets > before + 50,
  );
};

const isOut = (peer: Peer): Promise<unknown> =>
  waitFor(
    'whoever listened is out',
    () => peer.phases.at(-1),
    (phase) => phase === 'ended',
  );

const refusal = (request: Promise<unknown>): Promise<string> =>
  request.then(
    () => 'answered',
    (error: Refusal) => error.code,
  );

const seconds = (many: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, many * 1_000);
  });

describe('while a message is left', { timeout: 60_000 }, () => {
  test('its owner is told on every page, and hears it without being seen', async () => {
    const page = await pageOf(ana);
    const { peer, client, is, messageId } = await leave();
    expect(await beingLeft(page, 'greeting')).toMatchObject({
      messageId,
      from: { name: null, displayName: 'Greta' },
      recordingSince: null,
    });
    await is('recording');
    expect((await beingLeft(page, 'recording')).recordingSince).not.toBeNull();
    // A page that is opened in the middle of it is told in the answer.
    const late = await RawClient.open(running.url, { cookie: ana.cookie });
    closing.push(() => late.close());
    const { messagesBeingLeft } = await late.request('register', { active: true });
    expect(messagesBeingLeft).toMatchObject([{ messageId, state: 'recording' }]);

    const seen = peer.store.participants.value.map(({ name }) => name);
    const { admission } = await page.request('listenToMessage', { messageId });
    const listener = await enter(admission, 'Ana', { speaks: false });
    await hears(listener, 'Greta');
    expect(listener.store.self.value?.canPublish).toBe(false);
    expect(listener.store.participants.value.map(({ name }) => name)).not.toContain('Ana');
    // Whoever listens can say nothing, and change nothing of what is recorded.
    await expect(listener.send('microphone')).rejects.toThrow('You may not send in this room');
    await listener.client.consentToRecording(true);
    await listener.client.leave();
    expect(peer.store.participants.value.map(({ name }) => name)).toEqual(seen);
    await seconds(2.5);
    await client.request('stopMessage', { messageId });
    await is('recorded');
    await client.request('sendMessage', { messageId });
    await beingLeft(page, 'saved');
    expect(await delivered()).toMatchObject({ pickedUp: false, readAt: null, partial: false });
  });

  test('nobody listens by a sign-in that has ended', async () => {
    const page = await pageOf(ana);
    const elsewhere = await Somebody.signIn(running, 'ana');
    const { client, is, messageId } = await leave();
    await is('recording');
    const { admission } = await (await pageOf(elsewhere)).request('listenToMessage', { messageId });
    const own = await page.request('listenToMessage', { messageId });
    const stolen = await enter(admission, 'Ana', { speaks: false });
    const listener = await enter(own.admission, 'Ana', { speaks: false });
    await hears(stolen, 'Greta');
    await elsewhere.rest('DELETE', '/session');
    await isOut(stolen);
    await isOut(await enter(admission, 'Ana', { speaks: false }));
    await hears(listener, 'Greta');
    expect(listener.phases.at(-1)).toBe('joined');
    await client.request('cancelMessage', { messageId });
    await beingLeft(page, 'gone');
  });

  test('nobody comes in by a sign-in that ends in that moment', async () => {
    const page = await pageOf(ana);
    const elsewhere = await Somebody.signIn(running, 'ana');
    const { client, is, messageId } = await leave();
    await is('recording');
    const { admission } = await (await pageOf(elsewhere)).request('listenToMessage', { messageId });
    const [late, next] = [await RawClient.open(running.url), await RawClient.open(running.url)];
    closing.push(() => Promise.all([late.close(), next.close()]));
    const [worker] = running.app.pool.pids;
    process.kill(worker!, 'SIGSTOP');
    const { roomId: room, token } = admission;
    const joining = refusal(late.request('join', { room, name: 'Ana', token }));
    // It is on its way to the worker when the token that came after it is verified.
    const misled = next.request('join', { room: 'elsewhere', name: 'Ana', token });
    expect(await refusal(misled)).toBe('unauthorized');
    await elsewhere.rest('DELETE', '/session');
    process.kill(worker!, 'SIGCONT');
    expect(await within(10_000, 'the line is closed', late.closed)).toMatchObject({ code: 4401 });
    await joining;
    await client.request('cancelMessage', { messageId });
    await beingLeft(page, 'gone');
  });

  test('nobody else is told, or may listen or pick up', async () => {
    const other = await pageOf(bob);
    const page = await pageOf(ana);
    const { client, is, messageId, admission } = await leave();
    await is('greeting');
    for (const request of ['listenToMessage', 'pickUpMessage'] as const) {
      expect(await refusal(other.request(request, { messageId }))).toBe('not_found');
      expect(await refusal(client.request(request, { messageId }))).toBe('wrong_state');
    }
    await other.settled();
    expect(other.saidOf('messageBeingLeft')).toEqual([]);
    // Nor does its room open for who has its URL.
    const stranger = await RawClient.open(running.url, { cookie: ana.cookie });
    closing.push(() => stranger.close());
    const joining = stranger.request('join', { room: admission.roomId, name: 'Ana' });
    expect(await refusal(joining)).toBe('not_found');
    await client.request('cancelMessage', { messageId });
    await beingLeft(page, 'gone');
    expect(await refusal(page.request('pickUpMessage', { messageId }))).toBe('not_found');
  });
});

describe('who picks up', { timeout: 60_000 }, () => {
  test('talks to the caller at once; what was said by then is kept, and no more', async () => {
    const page = await pageOf(ana);
    const { peer, client, is, call, messageId } = await leave();
    await is('recording');
    const since = Date.now();
    const listening = await page.request('listenToMessage', { messageId });
    const listener = await enter(listening.admission, 'Ana', { speaks: false });
    await seconds(2.5);
    const picked = await page.request('pickUpMessage', { messageId });
    const recordedMs = Date.now() - since;
    expect(picked.call).toMatchObject({
      id: call.id,
      state: 'active',
      direction: 'incoming',
      outcome: null,
      other: { displayName: 'Greta' },
    });
    const talker = await enter(picked.admission, 'Ana');
    await Promise.all([hears(talker, 'Greta'), hears(peer, 'Ana')]);
    // The caller stayed where they were.
    await is('pickedUp');
    await client.told('callChanged', ({ id, state }) => id === call.id && state === 'active');
    await beingLeft(page, 'pickedUp');
    await isOut(listener);
    await seconds(2);
    const message = await delivered();
    expect(message).toMatchObject({ id: messageId, pickedUp: true, partial: false });
    expect(message.readAt).not.toBeNull();
    expect(message.durationMs).toBeGreaterThan(2_000);
    expect(message.durationMs).toBeLessThan(recordedMs + 1_000);
    expect(await ana.read('/voicemails/summary')).toMatchObject({ new: 0, old: 1 });
    await page.request('hangUp', { callId: call.id });
    const ended = await client.told('callChanged', ({ state, answeredAt }) => {
      return state === 'ended' && answeredAt !== null;
    });
    expect(ended.outcome).toBe('completed');
    const { items } = await ana.read<{ items: CallResource[] }>('/calls');
    expect(items.find(({ id }) => id === call.id)).toMatchObject({
      missed: false,
      outcome: 'completed',
    });
    // Once it has been talked, no message is left instead.
    expect(await refusal(client.request('leaveMessage', { callId: call.id }))).toBe('not_found');
  });

  test('during the greeting has nothing in the mailbox', async () => {
    const page = await pageOf(ana);
    const { peer, is, messageId } = await leave();
    await is('greeting');
    const { admission } = await page.request('pickUpMessage', { messageId });
    const talker = await enter(admission, 'Ana');
    await Promise.all([hears(talker, 'Greta'), hears(peer, 'Ana')]);
    expect(peer.store.participants.value.map(({ name }) => name)).not.toContain('Voicemail');
    expect(await inbox()).toEqual([]);
    expect(peer.store.recording.value).toBeNull();
  });

  test('is one: the first of two devices, and the other is told', async () => {
    const [one, two] = [await pageOf(ana), await pageOf(ana)];
    const { is, messageId } = await leave();
    await is('recording');
    const tries = await Promise.all(
      [one, two].map((page) => refusal(page.request('pickUpMessage', { messageId }))),
    );
    expect(tries.toSorted()).toEqual(['answered', 'wrong_state']);
    for (const page of [one, two]) await beingLeft(page, 'pickedUp');
  });

  test.each(['sendMessage', 'cancelMessage', 'hang up'] as const)(
    'or the caller is sooner (%s): either is told clearly, and nothing is lost',
    async (what) => {
      const page = await pageOf(ana);
      const { client, peer, is, messageId } = await leave();
      await is('recording');
      await seconds(2.3);
      const act = what === 'hang up' ? peer.client.leave() : client.request(what, { messageId });
      const [acted, picked] = await Promise.all([
        refusal(act),
        refusal(page.request('pickUpMessage', { messageId })),
      ]);
      const isPickedUp = picked === 'answered';
      expect(['answered', 'wrong_state', 'not_found']).toContain(picked);
      expect(acted).toBe(isPickedUp && what !== 'hang up' ? 'wrong_state' : 'answered');
      const isKept = isPickedUp || what !== 'cancelMessage';
      const message = isKept ? await delivered() : undefined;
      expect(message?.pickedUp).toBe(isKept ? isPickedUp : undefined);
      expect(page.saidOf('callChanged').some(({ state }) => state === 'active')).toBe(isPickedUp);
    },
  );

  test('of a caller who is back on another line goes on with them', async () => {
    const page = await pageOf(ana);
    const client = await RawClient.open(running.url);
    const placed = await client.request('placeCall', { to: 'ana', name: 'Greta', video: false });
    const left = await client.request('leaveMessage', { callId: placed.call.id });
    const peer = await enter(left.admission, 'Greta');
    const messageId = left.message.id;
    await beingLeft(page, 'greeting');
    await client.cut();
    const { admission } = await page.request('pickUpMessage', { messageId });
    const talker = await enter(admission, 'Ana');
    await hears(talker, 'Greta');
    const back = await RawClient.open(running.url);
    closing.push(() => back.close());
    const followed = await back.request('followCall', { callKey: placed.callKey });
    expect(followed.call).toMatchObject({ id: placed.call.id, state: 'active' });
    expect(followed.admission?.roomId).toBe(left.admission.roomId);
    await peer.client.leave();
    await page.told('callChanged', ({ state }) => state === 'ended');
  });
});
