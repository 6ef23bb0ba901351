import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RecordingResource } from '../../server/protocol/recordings.ts';
import type { Voicemail } from '../../server/protocol/voicemail.ts';
import { MessageCaller } from '../support/MessageCaller.ts';
import { toneIn } from '../support/pitch.ts';
import { Somebody } from '../support/Somebody.ts';
import { shortSounds } from '../support/shortSounds.ts';
import { startApp, type RunningApp } from '../support/startApp.ts';

/** Links by which others hear one message, and nothing else. */

const TONE_HZ = 700;

let running: RunningApp;
let ana: Somebody;
let ben: Somebody;
let id: string;

interface Made {
  readonly id: string;
  readonly url: string;
  readonly page: string;
}

const make = async (who: Somebody, message: string, wish: object = {}): Promise<Made> => {
  const response = await who.rest('POST', `/voicemails/${message}/shares`, wish);
  expect(response.status).toBe(201);
  return (await response.json()) as Made;
};
const statusOf = async (url: string): Promise<number> => (await fetch(url)).status;
const inboxOf = async (who: Somebody): Promise<Voicemail[]> =>
  (await who.read<{ items: Voicemail[] }>('/voicemails')).items;

beforeAll(async () => {
  running = await startApp({}, { sounds: shortSounds });
  ana = await Somebody.create(running, 'ana');
  ben = await Somebody.create(running, 'ben');
  await ana.set({ availability: 'doNotDisturb' });
  const caller = await MessageCaller.call(running, { to: 'ana', name: 'Greta', toneHz: TONE_HZ });
  await caller.speaks(3_000);
  await caller.sends({ note: 'For you alone' });
  await caller.close();
  id = caller.messageId;
}, 60_000);
afterAll(() => running.close());

describe('a link to a message', () => {
  test('lets whoever has it hear the message, and see nothing but who left it and when', async () => {
    const { url, page } = await make(ana, id);
    const shared = (await (await fetch(url)).json()) as RecordingResource;
    expect(page).toContain(`/recordings/${shared.id}#`);
    expect(shared).toMatchObject({ title: 'Message of Greta', voicemail: true });
    expect(shared).toMatchObject({ participants: [], health: null });
    expect(JSON.stringify(shared)).not.toContain('For you alone');
    expect(shared.files.map(({ name }) => name).toSorted()).toEqual([
      'peaks.json',
      'recording.m4a',
      'recording.mp3',
    ]);
    const sound = await fetch(`${url}/files/recording.m4a`);
    expect(toneIn(Buffer.from(await sound.arrayBuffer()), [440, TONE_HZ]).hz).toBe(TONE_HZ);
    const all = (await inboxOf(ana))[0]!.files.map(({ name }) => name);
    const hidden = all.filter((name) => shared.files.every((file) => file.name !== name));
    expect(hidden).toContain('consent.json');
    for (const name of hidden) expect(await statusOf(`${url}/files/${name}`)).toBe(404);
    const zip = Buffer.from(await (await fetch(`${url}/archive.zip`)).arrayBuffer());
    expect(zip.includes('.m4a')).toBe(true);
    for (const part of ['consent', 'checksums', 'speakers', '.webm', '.ogg']) {
      expect([part, zip.includes(part)]).toEqual([part, false]);
    }
    expect(await statusOf(`${running.url}/api/v1/recordings/${shared.id}`)).toBe(401);
  });

  test('takes a password, runs out, and is taken back', async () => {
    const locked = await make(ana, id, { password: 'sesame street' });
    expect(await statusOf(locked.url)).toBe(401);
    const opened = await fetch(`${locked.url}/open`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ password: 'sesame street' }),
    });
    const { url } = (await opened.json()) as { url: string };
    expect(await statusOf(`${running.url}${url}`)).toBe(200);
    const { items } = await ana.read<{ items: { id: string; hasPassword: boolean }[] }>(
      `/voicemails/${id}/shares`,
    );
    expect(items.find((share) => share.id === locked.id)?.hasPassword).toBe(true);
    const revoked = await ana.rest('DELETE', `/voicemails/${id}/shares/${locked.id}`);
    expect(revoked.status).toBe(204);
    expect(await statusOf(`${running.url}${url}`)).toBe(410);
  });

  test('ends with that message, and not with a copy of it that somebody else has', async () => {
    expect((await ana.rest('POST', `/voicemails/${id}/forward`, { to: 'ben' })).status).toBe(204);
    const copy = (await inboxOf(ben))[0]!.id;
    const [ofAna, ofBen] = [await make(ana, id), await make(ben, copy)];
    const listed = await ben.read<{ items: { id: string }[] }>(`/voicemails/${copy}/shares`);
    expect(listed.items.map((share) => share.id)).toEqual([ofBen.id]);
    const foreign = await ben.rest('DELETE', `/voicemails/${copy}/shares/${ofAna.id}`);
    expect(foreign.status).toBe(404);
    await ana.rest('PATCH', `/voicemails/${id}`, { read: true });
    expect(await statusOf(ofAna.url)).toBe(200);
    expect((await ana.rest('DELETE', `/voicemails/${id}`)).status).toBe(204);
    expect(await statusOf(ofAna.url)).toBe(404);
    expect(await statusOf(ofBen.url)).toBe(200);
    expect((await ben.rest('DELETE', `/voicemails/${copy}`)).status).toBe(204);
    expect(await statusOf(ofBen.url)).toBe(404);
  });
});
