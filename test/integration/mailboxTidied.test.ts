import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { systemClock, type Clock } from '../../server/base/Clock.ts';
import type { Voicemail } from '../../server/protocol/voicemail.ts';
import { MessageCaller } from '../support/MessageCaller.ts';
import { Somebody } from '../support/Somebody.ts';
import { shortSounds } from '../support/shortSounds.ts';
import { startApp, type RunningApp } from '../support/startApp.ts';
import { waitFor } from '../support/waitFor.ts';

/** What goes from a mailbox by itself, days later. */

const DAY_MS = 86_400_000;

let shiftMs = 0;
const clock: Clock = { ...systemClock, now: () => Date.now() + shiftMs };
let folder: string;
let running: RunningApp;
let ana: Somebody;
let ben: Somebody;

beforeEach(async () => {
  shiftMs = 0;
  folder = mkdtempSync(join(tmpdir(), 'roomtone-tidied-'));
  await start();
  ana = await Somebody.create(running, 'ana');
  ben = await Somebody.create(running, 'ben');
});
afterEach(async () => {
  await running.close();
  rmSync(folder, { recursive: true, force: true });
});

const start = async (): Promise<void> => {
  const dirs = { DATA_DIR: join(folder, 'data'), RECORDINGS_DIR: join(folder, 'recordings') };
  running = await startApp(dirs, { clock, sounds: shortSounds });
};
/** The server is started again, so many days later. */
const pass = async (days: number): Promise<void> => {
  await running.close();
  shiftMs += days * DAY_MS;
  await start();
  ana = await Somebody.signIn(running, 'ana');
  ben = await Somebody.signIn(running, 'ben');
};
const inboxOf = async (who: Somebody): Promise<Voicemail[]> =>
  (await who.read<{ items: Voicemail[] }>('/voicemails')).items;
const idsIn = async (where: string): Promise<string[]> =>
  (await ana.read<{ items: Voicemail[] }>(`/voicemails?folder=${where}`)).items
    .map(({ id }) => id)
    .toSorted();
const are = (where: string, ids: readonly string[]) =>
  waitFor(
    `${ids.length} in ${where}`,
    () => idsIn(where),
    (found) => found.join() === [...ids].toSorted().join(),
  );
const leave = async (): Promise<Voicemail> => {
  const caller = await MessageCaller.call(running, { to: 'ana', name: 'Greta' });
  await caller.speaks(2_500);
  await caller.sends();
  await caller.close();
  return (await inboxOf(ana))[0]!;
};
/** Recordings, of which each message has one. */
const onDisk = (): number =>
  readdirSync(join(folder, 'recordings')).filter((name) => name.startsWith('rec_')).length;
const change = (id: string, patch: object) => ana.rest('PATCH', `/voicemails/${id}`, patch);

test('what was heard goes to the trash after the days one likes, and from there after 30; what was not, or was saved, stays', async () => {
  await ana.set({ keepVoicemailDays: 7 });
  const [heard, unheard, saved] = [await leave(), await leave(), await leave()];
  expect(onDisk()).toBe(3);
  await change(heard.id, { read: true });
  await change(saved.id, { read: true, folder: 'saved' });
  // Nothing goes by itself for whoever does not want it to.
  await ana.rest('POST', `/voicemails/${saved.id}/forward`, { to: 'ben' });
  const [kept] = await inboxOf(ben);
  await ben.rest('PATCH', `/voicemails/${kept!.id}`, { read: true });
  await pass(6);
  await are('inbox', [heard.id, unheard.id]);
  await pass(1.5);
  await are('trash', [heard.id]);
  await are('inbox', [unheard.id]);
  await pass(29);
  await are('trash', [heard.id]);
  await pass(1.5);
  await are('trash', []);
  await are('inbox', [unheard.id]);
  await are('saved', [saved.id]);
  expect((await ana.rest('GET', `/voicemails/${heard.id}`)).status).toBe(404);
  expect((await ana.rest('GET', heard.files[0]!.url.slice('/api/v1'.length))).status).toBe(404);
  expect(onDisk()).toBe(2);
  expect(await inboxOf(ben)).toMatchObject([{ id: kept!.id }]);
}, 90_000);
