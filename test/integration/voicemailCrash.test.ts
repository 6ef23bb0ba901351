import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { CallResource } from '../../server/protocol/calls.ts';
import type { Voicemail } from '../../server/protocol/voicemail.ts';
import { KillableServer } from '../chaos/killServer.ts';
import { Peer } from '../support/peer.ts';
import { RawClient } from '../support/rawClient.ts';
import { Somebody } from '../support/Somebody.ts';
import { waitFor } from '../support/waitFor.ts';

/** The server is killed while a message is being left. */

let folder: string;
let server: KillableServer;
let ana: Somebody;
let peer: Peer | undefined;
let client: RawClient;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'roomtone-voicemail-'));
  server = await KillableServer.start(folder);
  ana = await Somebody.create(server, 'ana');
});
afterEach(async () => {
  client.socket.terminate();
  await peer?.client.leave();
  await server.kill('group');
  rmSync(folder, { recursive: true, force: true });
});

const leave = async (): Promise<string> => {
  client = await RawClient.open(server.url);
  const { call } = await client.request('placeCall', { to: 'ana', name: 'Greta', video: false });
  const { message, admission } = await client.request('leaveMessage', { callId: call.id });
  const { roomId: room, token } = admission;
  peer = new Peer({ url: server.url, room, name: 'Greta', token });
  await peer.send('microphone');
  await peer.client.join();
  await client.told('messageChanged', ({ state }) => state === 'recording');
  return message.id;
};
const restart = async (): Promise<void> => {
  await server.kill('group');
  server = await KillableServer.start(folder);
  ana = ana.at(server);
};
const inbox = async (): Promise<Voicemail[]> =>
  (await ana.read<{ items: Voicemail[] }>('/voicemails')).items;

test('in the middle of it: what was said is delivered, cut short', async () => {
  const id = await leave();
  await new Promise((resolve) => setTimeout(resolve, 3_500));
  await restart();
  const [mine] = await waitFor('the message is there', inbox, (found) => found.length > 0, {
    timeoutMs: 20_000,
  });
  expect(mine).toMatchObject({ id, partial: true, from: { displayName: 'Greta' } });
  // All but the last moments before the kill.
  expect(mine!.durationMs).toBeGreaterThan(3_000);
  const audio = mine!.files.find(({ kind }) => kind === 'audio')!;
  expect((await ana.rest('GET', audio.url.slice('/api/v1'.length))).status).toBe(200);
}, 90_000);

test('once it was acknowledged: it is there, whole, and once', async () => {
  const id = await leave();
  await new Promise((resolve) => setTimeout(resolve, 2_500));
  await client.request('sendMessage', { messageId: id as `vm_${string}` });
  const [before] = await inbox();
  await restart();
  expect(await inbox()).toEqual([before]);
  expect(before).toMatchObject({ id, partial: false });
}, 90_000);

test('after it was picked up: what was said by then is kept as read, and the call was answered', async () => {
  const id = await leave();
  await new Promise((resolve) => setTimeout(resolve, 2_500));
  const page = await ana.page();
  const messageId = id as `vm_${string}`;
  const { call } = await page.request('pickUpMessage', { messageId });
  await page.settled();
  page.socket.terminate();
  await restart();
  const [mine] = await waitFor('the message is there', inbox, (found) => found.length > 0, {
    timeoutMs: 20_000,
  });
  expect(mine).toMatchObject({ id, pickedUp: true, partial: false });
  expect(mine!.readAt).not.toBeNull();
  const { items } = await ana.read<{ items: CallResource[] }>('/calls');
  expect(items).toMatchObject([{ id: call.id, answeredAt: call.answeredAt, missed: false }]);
}, 90_000);

test('before two seconds of it: nobody is told of it', async () => {
  await leave();
  await restart();
  const settled = async () => (await ana.read<{ new: number }>('/voicemails/summary')).new;
  expect(await settled()).toBe(0);
  expect(await inbox()).toEqual([]);
}, 90_000);
