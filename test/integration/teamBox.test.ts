import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Mailbox } from '../../server/protocol/mailboxes.ts';
import type { Voicemail } from '../../server/protocol/voicemail.ts';
import { MessageCaller } from '../support/MessageCaller.ts';
import { RawClient } from '../support/rawClient.ts';
import { Somebody } from '../support/Somebody.ts';
import { shortSounds } from '../support/shortSounds.ts';
import { startApp, type RunningApp } from '../support/startApp.ts';

/** A mailbox that several people look after; how much mailboxes hold, and whether they take messages. */

let running: RunningApp;
let ana: Somebody;
let bob: Somebody;
let cara: Somebody;

beforeAll(async () => {
  running = await startApp({}, { sounds: shortSounds });
  ana = await Somebody.create(running, 'ana');
  bob = await Somebody.create(running, 'bob');
  cara = await Somebody.create(running, 'cara');
}, 60_000);
afterAll(() => running.close());

const asAdmin = (method: string, path: string, body?: object): Promise<Response> =>
  fetch(`${running.url}/api/v1${path}`, {
    method,
    headers: {
      authorization: `Bearer ${running.adminKey}`,
      ...(body && { 'content-type': 'application/json' }),
    },
    ...(body && { body: JSON.stringify(body) }),
  });
const leaveFor = async (to: string): Promise<void> => {
  const caller = await MessageCaller.call(running, { to, name: 'Greta' });
  await caller.speaks(2_500);
  await caller.sends();
  await caller.close();
};
const inSupport = async (who: Somebody): Promise<Voicemail[]> =>
  (await who.read<{ items: Voicemail[] }>('/voicemails?user=support')).items;

describe('a team box', () => {
  test('rings nobody, is heard by all who look after it, and each message is taken by one of them', async () => {
    const made = await asAdmin('POST', '/users', { name: 'support', displayName: 'Support' });
    expect(made.status).toBe(201);
    for (const name of ['ana', 'bob']) {
      expect((await asAdmin('PUT', `/mailboxes/support/members/${name}`, {})).status).toBe(200);
    }
    const [anas, bobs] = [await ana.page(), await bob.page()];
    await leaveFor('support');
    for (const page of [anas, bobs]) {
      const told = await page.told('voicemailChanged', ({ mailbox }) => mailbox === 'support');
      expect(told).toMatchObject({ new: 1 });
    }
    const { items } = await ana.read<{ items: Mailbox[] }>('/mailboxes');
    expect(items).toMatchObject([
      { name: 'ana', role: 'owner' },
      { name: 'support', displayName: 'Support', role: 'editor', messages: 1 },
    ]);
    const [message] = await inSupport(ana);
    const path = `/voicemails/${message!.id}?user=support`;
    const answers = await Promise.all(
      [ana, bob].map((who) => who.rest('PATCH', path, { taken: true })),
    );
    const statuses = answers.map(({ status }) => status);
    expect(statuses.toSorted((a, b) => a - b)).toEqual([200, 409]);
    const winner = statuses[0] === 200 ? 'Ana' : 'Bob';
    const refusal = (await answers.find(({ status }) => status === 409)!.json()) as object;
    expect(refusal).toMatchObject({ code: 'wrong_state', detail: `${winner} has taken it.` });
    expect((await inSupport(bob))[0]!.takenBy?.displayName).toBe(winner);
    const audio = message!.files.find(({ kind }) => kind === 'audio')!;
    const file = audio.url.slice('/api/v1'.length);
    expect(file).toContain('?user=support');
    expect((await bob.rest('GET', file)).status).toBe(200);
    for (const asked of [path, file, '/voicemails?user=support', '/mailboxes/support']) {
      expect((await cara.rest('GET', asked)).status).toBe(404);
    }
    // Who looks after it no more is out at once.
    await asAdmin('DELETE', '/mailboxes/support/members/bob');
    expect((await bob.rest('GET', path)).status).toBe(404);
    for (const page of [anas, bobs]) page.socket.terminate();
  }, 60_000);

  test('whoever may only read changes nothing', async () => {
    await asAdmin('PUT', '/mailboxes/support/members/bob', { role: 'reader' });
    const [message] = await inSupport(bob);
    const path = `/voicemails/${message!.id}?user=support`;
    expect((await bob.rest('GET', path)).status).toBe(200);
    expect((await bob.rest('PATCH', path, { read: true })).status).toBe(404);
    expect((await bob.rest('DELETE', path)).status).toBe(404);
  });

  test('the mailbox of a person is shared by that person alone', async () => {
    expect((await asAdmin('PUT', '/mailboxes/ana/members/bob', {})).status).toBe(403);
    expect((await ana.rest('PUT', '/mailboxes/ana/members/bob', {})).status).toBe(200);
    expect((await ana.rest('PUT', '/mailboxes/ana/members/ana', {})).status).toBe(409);
    expect((await ana.rest('PUT', '/mailboxes/ana/members/nobody', {})).status).toBe(404);
    expect((await bob.rest('GET', '/voicemails?user=ana')).status).toBe(200);
    expect((await ana.rest('DELETE', '/mailboxes/ana/members/bob')).status).toBe(204);
    expect((await bob.rest('GET', '/voicemails?user=ana')).status).toBe(404);
  });
});

describe('a mailbox', () => {
  test('that takes no messages says so before anybody speaks', async () => {
    await cara.set({ voicemail: false });
    const client = await RawClient.open(running.url);
    const { call } = await client.request('placeCall', { to: 'cara', name: 'Greta', video: false });
    expect(call.mailbox).toBe(false);
    const left = client.request('leaveMessage', { callId: call.id });
    await expect(left).rejects.toMatchObject({ code: 'not_found' });
    client.socket.terminate();
    await cara.set({ voicemail: true });
  });

  test('has room for no more than it holds, however many come at once', async () => {
    expect((await asAdmin('PATCH', '/mailboxes/cara', { quotaBytes: 1 })).status).toBe(200);
    expect(await cara.read<Mailbox>('/mailboxes/me')).toMatchObject({
      usedBytes: 0,
      quotaBytes: 1,
      messages: 0,
      keepDays: null,
    });
    const clients = await Promise.all(
      [1, 2, 3].map(async () => {
        const client = await RawClient.open(running.url);
        const placed = { to: 'cara', name: 'Greta', video: false };
        const { call } = await client.request('placeCall', placed);
        return { client, call };
      }),
    );
    const outcomes = await Promise.allSettled(
      clients.map(({ client, call }) => client.request('leaveMessage', { callId: call.id })),
    );
    const refused = outcomes.filter(({ status }) => status === 'rejected');
    expect(refused).toHaveLength(2);
    for (const one of refused) expect(one).toMatchObject({ reason: { code: 'mailbox_full' } });
    for (const { client } of clients) client.socket.terminate();
    expect((await ana.rest('PATCH', '/mailboxes/ana', { quotaBytes: null })).status).toBe(404);
  });
});
