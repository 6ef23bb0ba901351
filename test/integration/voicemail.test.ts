import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Voicemail, VoicemailSummary } from '../../server/protocol/voicemail.ts';
import { Peer } from '../support/peer.ts';
import { RawClient } from '../support/rawClient.ts';
import { Somebody } from '../support/Somebody.ts';
import { briefSounds } from '../support/shortSounds.ts';
import { startApp, type RunningApp } from '../support/startApp.ts';
import { waitFor } from '../support/waitFor.ts';

/** A caller who reaches nobody leaves a message, through the real worker, and its owner has it. */

let running: RunningApp;
let ana: Somebody;
const closing: (() => unknown)[] = [];

beforeAll(async () => {
  running = await startApp({}, { sounds: briefSounds });
  ana = await Somebody.create(running, 'ana');
  await ana.set({ availability: 'doNotDisturb' });
});
afterAll(() => running.close());
beforeEach(() => async () => {
  for (const close of closing.splice(0)) await close();
});

/** Calls in vain, and comes into the room of the message with a microphone that is on. */
const leave = async () => {
  const client = await RawClient.open(running.url);
  closing.push(() => client.close());
  const { call } = await client.request('placeCall', { to: 'ana', name: 'Greta', video: false });
  expect(call).toMatchObject({ state: 'ended', outcome: 'unavailable', mailbox: true });
  const left = await client.request('leaveMessage', { callId: call.id });
  const { roomId, token } = left.admission;
  const peer = new Peer({ url: running.url, room: roomId, name: 'Greta', token });
  closing.push(() => peer.client.leave());
  await peer.send('microphone');
  await peer.client.join();
  const is = (state: string) => client.told('messageChanged', (message) => message.state === state);
  return { client, peer, is, ...left };
};
const inbox = async (): Promise<Voicemail[]> =>
  (await ana.read<{ items: Voicemail[] }>('/voicemails')).items;

describe('a message', () => {
  test('is greeted, said after the beep, heard again, sent, and had by its owner', async () => {
    const page = await ana.page();
    closing.push(() => page.close());
    const { client, peer, is, message, messageKey } = await leave();
    await is('greeting');
    const recording = await is('recording');
    expect(recording.recordingSince).not.toBeNull();
    // The greeting and the beep came through the room.
    expect(peer.packetsFrom('Voicemail', 'microphone')).toBeGreaterThan(100);
    await new Promise((resolve) => setTimeout(resolve, 3_000));
    await client.request('stopMessage', { messageId: message.id });
    const recorded = await is('recorded');
    expect(recorded.problem).toBeNull();
    expect(recorded.durationMs).toBeGreaterThan(2_900);
    const heard = await fetch(`${running.url}${recorded.url!}`, {
      headers: { authorization: `Bearer ${messageKey}` },
    });
    expect(heard.status).toBe(200);
    expect(heard.headers.get('content-type')).toMatch(/^audio\/mp4/);
    // Nobody has it yet.
    expect(await inbox()).toEqual([]);
    const { state } = await client.request('sendMessage', {
      messageId: message.id,
      urgent: true,
      note: 'Call me back',
    });
    expect(state).toBe('saved');
    expect(await page.told('voicemailChanged')).toEqual({
      new: 1,
      old: 0,
      urgentNew: 1,
      urgentOld: 0,
    });
    const [mine] = await inbox();
    expect(mine).toMatchObject({
      id: message.id,
      mailbox: 'ana',
      from: { name: null, displayName: 'Greta' },
      reason: 'doNotDisturb',
      partial: false,
      readAt: null,
      urgent: true,
      folder: 'inbox',
      note: 'Call me back',
    });
    const audio = mine!.files.find(({ kind }) => kind === 'audio')!;
    expect((await ana.rest('GET', audio.url.slice('/api/v1'.length))).status).toBe(200);
    const read = await ana.rest('PATCH', `/voicemails/${message.id}`, { read: true });
    expect(((await read.json()) as Voicemail).readAt).not.toBeNull();
    const summary = await ana.read<VoicemailSummary>('/voicemails/summary');
    expect(summary).toEqual({ new: 0, old: 1, urgentNew: 0, urgentOld: 1 });
    // The caller's key is good for nothing any more.
    const later = await fetch(`${running.url}${recorded.url!}`, {
      headers: { authorization: `Bearer ${messageKey}` },
    });
    expect(later.status).toBe(401);
    expect((await ana.rest('DELETE', `/voicemails/${message.id}`)).status).toBe(204);
    expect(await inbox()).toEqual([]);
  }, 60_000);

  test('whose caller goes in the middle is delivered, cut short', async () => {
    const { peer, is } = await leave();
    await is('recording');
    await new Promise((resolve) => setTimeout(resolve, 2_500));
    await peer.client.leave();
    const [mine] = await waitFor('the message is there', inbox, (found) => found.length > 0);
    expect(mine).toMatchObject({ partial: true, from: { displayName: 'Greta' } });
    expect(mine!.durationMs).toBeGreaterThan(2_000);
    await ana.rest('DELETE', `/voicemails/${mine!.id}`);
  }, 60_000);

  test('that is too short cannot be sent, and is said again', async () => {
    const { client, is, message } = await leave();
    await is('recording');
    await client.request('stopMessage', { messageId: message.id });
    expect((await is('recorded')).problem).toBe('tooShort');
    const refusal = client.request('sendMessage', { messageId: message.id });
    await expect(refusal).rejects.toMatchObject({ code: 'wrong_state' });
    client.notifications.splice(0);
    await client.request('recordAgain', { messageId: message.id });
    await is('recording');
    await client.request('cancelMessage', { messageId: message.id });
    expect(await inbox()).toEqual([]);
  }, 60_000);
});
