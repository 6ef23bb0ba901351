import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Caller } from '../chaos/voicemail/Caller.ts';
import { Somebody } from '../support/Somebody.ts';
import { shortSounds } from '../support/shortSounds.ts';
import { startApp, type RunningApp } from '../support/startApp.ts';
import { waitFor } from '../support/waitFor.ts';

describe('a message whose owner', { timeout: 60_000 }, () => {
  let folder: string;
  let data: string;
  let running: RunningApp;
  let caller: Caller;

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'roomtone-owner-'));
    data = mkdtempSync(join(tmpdir(), 'roomtone-owner-'));
    running = await startApp({ RECORDINGS_DIR: folder, DATA_DIR: data }, { sounds: shortSounds });
    const ana = await Somebody.create(running, 'ana');
    await ana.set({ availability: 'doNotDisturb' });
    const options = { url: running.url, to: 'ana', name: 'Greta', n: 1 };
    caller = await Caller.call(options);
    await caller.begin(options);
    await caller.is('recording');
    await delay(4_500);
  });
  afterEach(async () => {
    await caller.leave();
    await running.close();
    for (const each of [folder, data]) rmSync(each, { recursive: true, force: true });
  });

  const removeAna = async (): Promise<void> => {
    const { status } = await fetch(`${running.url}/api/v1/users/ana`, {
      method: 'DELETE',
      headers: { authorization: `Bearer ${running.adminKey}` },
    });
    expect(status).toBe(204);
  };
  const recorded = (): string[] => readdirSync(folder).filter((name) => name.includes('rec_'));
  const nothingIsLeft = () =>
    waitFor('nothing of it is on disk', recorded, ({ length }) => length === 0);

  test('is removed while it is left ends, its caller is told so, and nothing of it stays', async () => {
    expect(recorded()).toHaveLength(1);
    await removeAna();
    expect(await caller.is('gone')).toMatchObject({ problem: 'failed' });
    await nothingIsLeft();
    await expect(caller.send()).rejects.toMatchObject({ code: 'not_found' });
  });

  test('is removed later goes, sound and all', async () => {
    await caller.send();
    expect(recorded()).toHaveLength(1);
    await removeAna();
    await nothingIsLeft();
  });

  test('is not in the database, which is older, stays on disk', async () => {
    await caller.send();
    const [kept] = recorded();
    await running.close();
    for (const name of readdirSync(data)) {
      if (name.startsWith('roomtone.db')) rmSync(join(data, name));
    }
    running = await startApp({ RECORDINGS_DIR: folder, DATA_DIR: data }, { sounds: shortSounds });
    await Somebody.create(running, 'ana');
    expect(recorded()).toEqual([kept]);
  });
});
