import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { CallResource } from '../../server/protocol/calls.ts';
import { KillableServer } from '../chaos/killServer.ts';
import { RawClient } from '../support/rawClient.ts';
import { endedAs, heardCall, isActive, rings, Somebody } from '../support/Somebody.ts';

/** The server is killed, and comes back. */

let folder: string;
let server: KillableServer;
let ana: Somebody;
const open: RawClient[] = [];

const page = async (who: Somebody): Promise<RawClient> => {
  const client = await who.page();
  open.push(client);
  return client;
};
const guest = async (): Promise<RawClient> => {
  const client = await RawClient.open(server.url);
  open.push(client);
  return client;
};
const enter = async ({ roomId, token }: { roomId: string; token: string }) => {
  const { client } = await RawClient.join(server.url, roomId, { token });
  open.push(client);
  return client;
};
const restart = async (): Promise<void> => {
  await server.kill('group');
  server = await KillableServer.start(folder);
  ana = ana.at(server);
};
const lastCall = async (): Promise<CallResource | undefined> =>
  (await ana.read<{ items: CallResource[] }>('/calls')).items[0];

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'roomtone-calls-'));
  server = await KillableServer.start(folder);
  ana = await Somebody.create(server, 'ana');
  return async () => {
    await server.kill('group');
  };
});
afterEach(() => {
  for (const client of open.splice(0)) client.socket.terminate();
  rmSync(folder, { recursive: true, force: true });
});

test('in the middle of a ring: it rings on, and is answered', async () => {
  await page(ana);
  const { call, callKey } = await (
    await guest()
  ).request('placeCall', {
    to: 'ana',
    name: 'Greta',
    video: false,
  });
  await restart();
  const [callee, caller] = [await RawClient.open(server.url, ana), await guest()];
  open.push(callee);
  const { calls } = await callee.request('register', { active: true });
  expect(calls).toMatchObject([{ id: call.id, state: 'ringing', direction: 'incoming' }]);
  const followed = await caller.request('followCall', { callKey });
  expect(followed.call).toMatchObject({ id: call.id, state: 'ringing' });
  await callee.request('answerCall', { callId: call.id });
  await heardCall(caller, isActive);
});

test('in the middle of a ring that is over meanwhile: it was missed', async () => {
  await ana.set({ ringSeconds: 5 });
  const callee = await page(ana);
  const { callKey } = await (
    await guest()
  ).request('placeCall', {
    to: 'ana',
    name: 'Greta',
    video: false,
  });
  const { ringUntil } = await heardCall(callee, rings);
  await server.kill('group');
  await new Promise((resolve) => setTimeout(resolve, Date.parse(ringUntil!) - Date.now()));
  server = await KillableServer.start(folder);
  ana = ana.at(server);
  const refusal = (await guest()).request('followCall', { callKey });
  await expect(refusal).rejects.toMatchObject({ code: 'not_found' });
  expect(await lastCall()).toMatchObject({ outcome: 'interrupted', missed: true });
}, 30_000);

test('in the middle of a call: it goes on when both are back, and ends as it should', async () => {
  const callee = await page(ana);
  const placed = await (
    await guest()
  ).request('placeCall', {
    to: 'ana',
    name: 'Greta',
    video: false,
  });
  await enter(placed.admission!);
  await heardCall(callee, rings);
  const answered = await callee.request('answerCall', { callId: placed.call.id });
  await enter(answered.admission);
  await restart();
  const back = await page(ana);
  const caller = await guest();
  const followed = await caller.request('followCall', { callKey: placed.callKey });
  expect(followed.call).toMatchObject({ id: placed.call.id, state: 'active' });
  await enter(followed.admission!);
  const again = await enter(answered.admission);
  expect(await lastCall()).toMatchObject({ state: 'active', outcome: null });
  await caller.request('hangUp', { callId: placed.call.id });
  await heardCall(back, endedAs('completed'));
  await again.closed;
  expect(await lastCall()).toMatchObject({ state: 'ended', outcome: 'completed' });
});
