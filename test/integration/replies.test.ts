import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Voicemail } from '../../server/protocol/voicemail.ts';
import { MessageCaller } from '../support/MessageCaller.ts';
import { Peer } from '../support/peer.ts';
import type { RawClient } from '../support/rawClient.ts';
import { Somebody } from '../support/Somebody.ts';
import { shortSounds } from '../support/shortSounds.ts';
import { startApp, type RunningApp } from '../support/startApp.ts';

/** A message that answers a message: said after a beep, and nobody is rung. */

let running: RunningApp;
let ana: Somebody;
let bob: Somebody;
const closing: (() => unknown)[] = [];

beforeAll(async () => {
  running = await startApp({}, { sounds: shortSounds });
  ana = await Somebody.create(running, 'ana');
  bob = await Somebody.create(running, 'bob');
}, 60_000);
afterAll(() => running.close());
beforeEach(() => async () => {
  for (const close of closing.splice(0)) await close();
});

const inboxOf = async (who: Somebody): Promise<Voicemail[]> =>
  (await who.read<{ items: Voicemail[] }>('/voicemails')).items;
const pageOf = async (who: Somebody): Promise<RawClient> => {
  const page = await who.page();
  closing.push(() => page.close());
  return page;
};
/** Says something into a message that the page began. */
const say = async (
  page: RawClient,
  wish: Parameters<typeof page.request<'leaveMessage'>>[1],
): Promise<void> => {
  const { message, admission } = await page.request('leaveMessage', wish);
  const { roomId: room, token } = admission;
  const peer = new Peer({ url: running.url, room, name: 'Somebody', token });
  closing.push(() => peer.client.leave());
  await peer.send('microphone');
  await peer.client.join();
  await page.told('messageChanged', ({ id, state }) => id === message.id && state === 'recording');
  await new Promise((resolve) => setTimeout(resolve, 2_500));
  await page.request('sendMessage', { messageId: message.id });
};

test('who left a message finds the reply in their mailbox, and was not rung', async () => {
  await ana.set({ availability: 'doNotDisturb' });
  const [anas, bobs] = [await pageOf(ana), await pageOf(bob)];
  const { call } = await bobs.request('placeCall', { to: 'ana', video: false });
  await say(bobs, { callId: call.id });
  const [message] = await inboxOf(ana);
  bobs.notifications.splice(0);
  await say(anas, { replyTo: message!.id });
  expect(await inboxOf(bob)).toMatchObject([
    { mailbox: 'bob', from: { name: 'ana', displayName: 'Ana' }, reason: 'chosen' },
  ]);
  expect(bobs.notifications.filter(({ name }) => name === 'callChanged')).toEqual([]);
  // Who blocks them is not there, and neither is a message that is somebody else's.
  await bob.rest('PUT', '/users/me/call-plan', { rules: [], blocked: ['ana'], blockGuests: false });
  const refused = { code: 'not_found' };
  await expect(anas.request('leaveMessage', { replyTo: message!.id })).rejects.toMatchObject(
    refused,
  );
  await expect(bobs.request('leaveMessage', { replyTo: message!.id })).rejects.toMatchObject(
    refused,
  );
}, 60_000);

test('a guest has no mailbox to reply to', async () => {
  const caller = await MessageCaller.call(running, { to: 'ana', name: 'Greta' });
  await caller.speaks(2_500);
  await caller.sends();
  await caller.close();
  const [message] = await inboxOf(ana);
  const page = await pageOf(ana);
  const reply = page.request('leaveMessage', { replyTo: message!.id });
  await expect(reply).rejects.toMatchObject({ code: 'not_found' });
}, 60_000);
