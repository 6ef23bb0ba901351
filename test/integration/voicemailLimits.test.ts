import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { systemClock, type Clock } from '../../server/base/Clock.ts';
import type { Voicemail } from '../../server/protocol/voicemail.ts';
import { MessageCaller } from '../support/MessageCaller.ts';
import { Somebody } from '../support/Somebody.ts';
import { shortSounds } from '../support/shortSounds.ts';
import { startApp, type RunningApp } from '../support/startApp.ts';
import { waitFor } from '../support/waitFor.ts';

/** Where a message ends although its caller goes on: its length, the clock of the machine, its addressee. */

const MAX_MS = 180_000;
/** Nobody here has three minutes. */
const SHORT_MS = 3_000;
const HOUR_MS = 3_600_000;

let shiftMs = 0;
const clock: Clock = {
  ...systemClock,
  now: () => Date.now() + shiftMs,
  after: (delayMs, task) => systemClock.after(delayMs === MAX_MS ? SHORT_MS : delayMs, task),
};
let folder: string;
let running: RunningApp;
let ana: Somebody;
let callers = 0;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'roomtone-limits-'));
  running = await startApp({ RECORDINGS_DIR: folder }, { clock, sounds: shortSounds });
  ana = await Somebody.create(running, 'ana');
});
afterAll(async () => {
  await running.close();
  rmSync(folder, { recursive: true, force: true });
});

const call = (to: string): Promise<MessageCaller> => {
  callers += 1;
  return MessageCaller.call(running, { to, name: 'Greta', localAddress: `127.0.3.${callers}` });
};
const inbox = async (): Promise<Voicemail[]> =>
  (await ana.read<{ items: Voicemail[] }>('/voicemails')).items;
/** Of recordings; what is there besides has a dot before it. */
const folders = (): string[] => readdirSync(folder).filter((name) => name.startsWith('rec_'));

test('a message of the greatest length ends by itself, is heard and sent', async () => {
  const caller = await call('ana');
  expect((await caller.is('recording')).maxMs).toBe(MAX_MS);
  const recorded = await caller.is('recorded');
  expect(recorded.problem).toBeNull();
  expect(recorded.durationMs).toBeGreaterThan(SHORT_MS - 400);
  expect(recorded.durationMs).toBeLessThan(SHORT_MS + 1_000);
  expect((await caller.sends()).state).toBe('saved');
  await caller.close();
  expect(await inbox()).toMatchObject([{ partial: false, from: { displayName: 'Greta' } }]);
}, 60_000);

test.for([HOUR_MS, -HOUR_MS])(
  'a clock that is set by %i ms in the middle makes it neither longer nor shorter',
  { timeout: 60_000 },
  async (byMs) => {
    const caller = await call('ana');
    await caller.speaks(1_200);
    shiftMs += byMs;
    const recorded = await caller.is('recorded');
    shiftMs = 0;
    expect(recorded.problem).toBeNull();
    expect(recorded.durationMs).toBeGreaterThan(SHORT_MS - 400);
    expect(recorded.durationMs).toBeLessThan(SHORT_MS + 1_000);
    await caller.sends();
    await caller.close();
    const mine = (await inbox()).find(({ id }) => id === caller.messageId);
    expect(mine).toMatchObject({ partial: false });
    expect(Math.abs(Date.parse(mine!.createdAt) - Date.now())).toBeLessThan(60_000);
  },
);

test('a message for somebody who is removed meanwhile ends at once, and nothing of it is left', async () => {
  const ben = await Somebody.create(running, 'ben');
  const before = folders();
  const caller = await call('ben');
  await caller.speaks(1_000);
  expect(folders()).toHaveLength(before.length + 1);
  const removed = await fetch(`${running.url}/api/v1/users/ben`, {
    method: 'DELETE',
    headers: { authorization: `Bearer ${running.adminKey}` },
  });
  expect(removed.status).toBe(204);
  await caller.is('gone');
  await expect(caller.sends()).rejects.toThrow(/not_found|wrong_state/);
  await caller.close();
  await waitFor('its folder is gone', folders, ({ length }) => length === before.length);
  expect((await ben.rest('GET', '/voicemails')).status).toBe(401);
}, 60_000);
