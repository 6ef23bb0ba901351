import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { hashSecret } from '../../server/accounts/secret.ts';
import { systemClock } from '../../server/base/Clock.ts';
import { DiskVault } from '../../server/storage/DiskVault.ts';
import { SqlRecordings } from '../../server/storage/SqlRecordings.ts';
import { Database } from '../../server/storage/Database.ts';
import { shelve } from '../support/shelve.ts';
import { startApp } from '../support/startApp.ts';
import { waitFor } from '../support/waitFor.ts';

let folder: string;
let env: Record<string, string>;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'roomtone-restart-'));
  env = { DATA_DIR: join(folder, 'data'), RECORDINGS_DIR: join(folder, 'recordings') };
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const call = async (url: string, method: string, path: string, secret: string, body?: object) => {
  const response = await fetch(`${url}/api/v1${path}`, {
    method,
    headers: {
      authorization: `Bearer ${secret}`,
      ...(body && { 'content-type': 'application/json' }),
    },
    ...(body && { body: JSON.stringify(body) }),
  });
  return (await response.json()) as Record<string, unknown>;
};

it('keeps rooms, recordings, keys and shares over a restart', async () => {
  const first = await startApp(env);
  const room = await call(first.url, 'POST', '/rooms', first.adminKey, {
    name: 'standup',
    locked: true,
    recording: { consent: true, keepDays: 30 },
  });
  const secret = String(room['ownerSecret']);
  const key = await call(first.url, 'POST', '/keys', first.adminKey, {
    name: 'bot',
    scopes: ['recordings:read'],
  });
  await first.close();

  // A recording whose row is lost with the database, or was never written: its folder has all.
  const database = await Database.open(join(folder, 'data', 'elsewhere.db'));
  const parts = {
    folder: env['RECORDINGS_DIR']!,
    vault: await DiskVault.create(env['RECORDINGS_DIR']!),
    store: new SqlRecordings(database),
    clock: systemClock,
  };
  const { id } = await shelve(parts, [{ content: Buffer.from('0123456789') }], {
    title: 'Weekly',
    ownerSecretHash: hashSecret(secret).toString('hex'),
  });
  await database.close();

  const second = await startApp(env);
  const { ownerSecret: _, ...before } = room;
  expect(await call(second.url, 'GET', `/rooms/${String(room['id'])}`, secret)).toEqual(before);
  const found = await call(second.url, 'GET', '/recordings?q=weekly', String(key['key']));
  expect(found).toMatchObject({ items: [{ id, title: 'Weekly', state: 'ready' }] });
  const share = await call(second.url, 'POST', `/recordings/${id}/shares`, secret, {});
  await call(second.url, 'PATCH', `/rooms/${String(room['id'])}`, secret, { locked: false });
  await second.close();

  const third = await startApp(env);
  const { pathname } = new URL(String(share['url']));
  const file = await fetch(`${third.url}${pathname}/files/part-1-camera.webm`);
  expect([file.status, await file.text()]).toEqual([200, '0123456789']);
  const after = await call(third.url, 'GET', '/rooms/standup', secret);
  expect(after).toEqual({ ...before, locked: false });
  await third.close();
});

it('lets one server at a time use a data folder, and says so in words', async () => {
  const main = join(import.meta.dirname, '../../server/main.ts');
  const start = () =>
    spawn(process.execPath, [main], {
      env: { ...process.env, ...env, PORT: '0', RTC_PORT: '0', WORKERS: '1' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  const first = start();
  let said = '';
  first.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
  await waitFor('the first server to listen', () => said.includes('is listening on'));
  const second = start();
  const complaint = text(second.stderr);
  const [code] = await once(second, 'exit');
  expect(code).toBe(1);
  expect(await complaint).toMatch(/in use by another Roomtone server/);
  expect((await complaint).trim().split('\n')).toHaveLength(1);
  first.kill('SIGKILL');
  await once(first, 'exit');
  const third = start();
  let heard = '';
  third.stdout.on('data', (chunk: Buffer) => (heard += chunk.toString()));
  await waitFor('the third server to listen', () => heard.includes('is listening on'));
  third.kill('SIGTERM');
  const [ended] = await once(third, 'exit');
  expect(ended).toBe(0);
  expect(readFileSync(join(folder, 'data', 'admin-key'), 'utf8')).not.toBe('');
});
