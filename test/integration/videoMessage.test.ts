import { writeFile } from 'node:fs/promises';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Voicemail } from '../../server/protocol/voicemail.ts';
import { Peer } from '../support/peer.ts';
import { RawClient } from '../support/rawClient.ts';
import { Somebody } from '../support/Somebody.ts';
import { hearFile } from '../support/soundOf.ts';
import { shortSounds } from '../support/shortSounds.ts';
import { startApp, type RunningApp } from '../support/startApp.ts';
import { waitFor } from '../support/waitFor.ts';

/** A caller sends a camera: what is kept of it is for the owner of the mailbox to say. */

let running: RunningApp;
let ana: Somebody;
const folder = mkdtempSync(join(tmpdir(), 'roomtone-film-'));
const closing: (() => unknown)[] = [];

beforeAll(async () => {
  running = await startApp({}, { sounds: shortSounds });
  ana = await Somebody.create(running, 'ana');
  await ana.set({ availability: 'doNotDisturb' });
});
afterAll(async () => {
  await running.close();
  rmSync(folder, { recursive: true });
});
beforeEach(() => async () => {
  for (const close of closing.splice(0)) await close();
});

/** Says and shows something for some seconds, camera and screen and all, whether it is wished for or not. */
const leave = async () => {
  const client = await RawClient.open(running.url);
  closing.push(() => client.close());
  const { call } = await client.request('placeCall', { to: 'ana', name: 'Greta', video: true });
  const left = await client.request('leaveMessage', { callId: call.id });
  const { roomId, token } = left.admission;
  const peer = new Peer({ url: running.url, room: roomId, name: 'Greta', token });
  closing.push(() => peer.client.leave());
  await peer.send('microphone');
  await peer.send('camera');
  await peer.send('screen');
  await peer.client.join();
  const is = (state: string) => client.told('messageChanged', (message) => message.state === state);
  await is('recording');
  await new Promise((resolve) => setTimeout(resolve, 3_000));
  await client.request('stopMessage', { messageId: left.message.id });
  const recorded = await is('recorded');
  return { client, recorded, ...left };
};
const filesOf = async (id: string): Promise<Voicemail['files']> =>
  (await ana.read<Voicemail>(`/voicemails/${id}`)).files;

test('its caller is seen in it, in one video that every browser plays', async () => {
  const { client, message, recorded, messageKey } = await leave();
  expect(message.video).toBe(true);
  const seen = await fetch(`${running.url}${recorded.videoUrl!}`, {
    headers: { authorization: `Bearer ${messageKey}` },
  });
  expect(seen.headers.get('content-type')).toMatch(/^video\//);
  await client.request('sendMessage', { messageId: message.id });
  const files = await waitFor(
    'it is rendered',
    () => filesOf(message.id),
    (found) => found.some(({ kind }) => kind === 'composite'),
    { timeoutMs: 60_000 },
  );
  expect(files.filter(({ kind }) => kind === 'track').map(({ source }) => source)).toEqual([
    'camera',
  ]);
  const film = files.find(({ kind }) => kind === 'composite')!;
  expect(film.type).toMatch(/^video\/mp4; codecs="avc1/);
  expect(Math.abs(film.durationMs! - recorded.durationMs)).toBeLessThan(100);
  const path = join(folder, film.name);
  const answer = await ana.rest('GET', film.url.slice('/api/v1'.length));
  await writeFile(path, Buffer.from(await answer.arrayBuffer()));
  expect(Math.abs((await hearFile(path)).durationMs - recorded.durationMs)).toBeLessThan(150);
}, 120_000);

test('nothing is seen in it where its owner does not want that, whatever is sent', async () => {
  await ana.set({ videoMessages: false });
  const { client, message, recorded } = await leave();
  expect(message.video).toBe(false);
  expect(recorded).toMatchObject({ problem: null, videoUrl: null });
  await client.request('sendMessage', { messageId: message.id });
  const kinds = (await filesOf(message.id)).map(
    ({ kind, type }) => `${kind} ${type.split('/')[0]!}`,
  );
  expect(kinds).toContain('track audio');
  expect(kinds.filter((kind) => /video|image/.test(kind))).toEqual([]);
}, 120_000);
