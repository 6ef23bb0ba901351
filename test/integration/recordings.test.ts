import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RecordingResource } from '../../server/protocol/recordings.ts';
import type { CreatedRoom } from '../../server/protocol/rest.ts';
import { createPeer, type Peer } from '../support/peer.ts';
import { startApp, type RunningApp } from '../support/startApp.ts';
import { waitFor } from '../support/waitFor.ts';

/** The whole way of a recording through the real server: told, written, finished, kept, deleted. */

const FINISHED = { timeoutMs: 25_000 };

let folder: string;
let running: RunningApp;

const start = async (): Promise<void> => {
  running = await startApp({
    DATA_DIR: join(folder, 'data'),
    RECORDINGS_DIR: join(folder, 'recordings'),
  });
};

interface Answer<T> {
  readonly status: number;
  readonly data: T;
}

const call = async <T>(
  method: string,
  path: string,
  secret?: string,
  body?: object,
): Promise<Answer<T>> => {
  const response = await fetch(`${running.url}/api/v1${path}`, {
    method,
    headers: {
      authorization: `Bearer ${secret ?? running.adminKey}`,
      ...(body && { 'content-type': 'application/json' }),
    },
    ...(body && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  const data: T = text === '' ? undefined : JSON.parse(text);
  return { status: response.status, data };
};

const newRoom = async (recording: object = {}): Promise<CreatedRoom> =>
  (await call<CreatedRoom>('POST', '/rooms', undefined, { recording })).data;

const get = async (id: string): Promise<RecordingResource> =>
  (await call<RecordingResource>('GET', `/recordings/${id}`)).data;

const isReady = (id: string): Promise<RecordingResource> =>
  waitFor(
    'the recording is ready',
    () => get(id),
    ({ state }) => state === 'ready',
    FINISHED,
  );

const list = async (): Promise<RecordingResource[]> =>
  (await call<{ items: RecordingResource[] }>('GET', '/recordings')).data.items;

/** Something of everybody is on the disk. */
const isWritten = (id: string, people = 1): Promise<unknown> =>
  waitFor(
    'it is being written',
    () => get(id),
    ({ files, durationMs }) => files.length >= people && durationMs > 1_500,
  );

const enter = (room: CreatedRoom, name: string, more: object = {}): Promise<Peer> =>
  createPeer({ url: running.url, room: room.name, name, audio: true, video: true, ...more });

const record = async (room: CreatedRoom): Promise<RecordingResource> =>
  (await call<RecordingResource>('POST', `/rooms/${room.id}/recordings`)).data;

const tracks = ({ files }: RecordingResource) => files.filter(({ kind }) => kind === 'track');

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'roomtone-recordings-'));
  await start();
});
afterAll(async () => {
  await running.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('a recording', () => {
  test('is begun once, listed while it runs, and ready after the stop', async () => {
    const room = await newRoom();
    expect((await call('POST', `/rooms/${room.id}/recordings`)).status).toBe(409);
    const ana = await enter(room, 'Ana');
    const [first, second] = await Promise.all([record(room), record(room)]);
    expect(second.id).toBe(first.id);
    await isWritten(first.id);
    const listed = await call<{ items: RecordingResource[] }>(
      'GET',
      `/recordings?room=${room.name}`,
    );
    expect(listed.data.items).toMatchObject([{ id: first.id, state: 'recording' }]);
    const [live] = tracks(await get(first.id));
    const sofar = await fetch(new URL(live!.url, running.url), {
      headers: { authorization: `Bearer ${running.adminKey}` },
    });
    expect(sofar.status).toBe(200);
    expect((await sofar.arrayBuffer()).byteLength).toBeGreaterThan(1_000);
    const stops = await Promise.all(
      [1, 2].map(() => call<RecordingResource>('POST', `/recordings/${first.id}/stop`)),
    );
    expect(stops.map(({ status }) => status)).toEqual([200, 200]);
    const done = await isReady(first.id);
    expect(done).toMatchObject({ partial: false, stopReason: 'stopped', failure: null });
    expect(tracks(done)).toMatchObject([{ participant: { name: 'Ana' }, source: 'camera' }]);
    expect(done.files.map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(['track', 'audio', 'peaks', 'speakers', 'poster', 'manifest']),
    );
    await ana.close();
  });

  test('holds nobody who has not agreed, where one is asked', async () => {
    const room = await newRoom({ consent: true });
    const ana = await enter(room, 'Ana', { recordingConsent: true });
    const ben = await enter(room, 'Ben', { recordingConsent: false });
    const cem = await enter(room, 'Cem');
    const { id } = await record(room);
    await isWritten(id);
    await waitFor(
      'everybody is told who is not recorded',
      () => ana.store.recording.value?.unrecorded,
      (unrecorded) => unrecorded?.length === 2,
    );
    await call('POST', `/recordings/${id}/stop`);
    const done = await isReady(id);
    expect(tracks(done).map(({ participant }) => participant?.name)).toEqual(['Ana']);
    expect(
      done.participants
        .map(({ name, consent }) => `${name} ${consent}`)
        .toSorted((a, b) => (a < b ? -1 : 1)),
    ).toEqual(['Ana true', 'Ben false', 'Cem false']);
    expect(done.files.some(({ kind }) => kind === 'consent')).toBe(true);
    await Promise.all([ana, ben, cem].map((peer) => peer.close()));
  });

  test('begins by itself in a room that is set up so, and ends with the room', async () => {
    const room = await newRoom({ automatic: true });
    const ana = await enter(room, 'Ana');
    const status = await waitFor(
      'it is recorded by itself',
      () => ana.store.recording.value,
      (recording) => recording?.state === 'recording',
    );
    expect(status).toMatchObject({ startedBy: null });
    await isWritten(status!.id);
    expect((await call('DELETE', `/rooms/${room.id}`)).status).toBe(204);
    expect(await isReady(status!.id)).toMatchObject({ stopReason: 'roomEnded', partial: false });
    await ana.close();
  });

  test('is really gone once it was deleted, even while it runs or is being finished', async () => {
    const room = await newRoom();
    const ana = await enter(room, 'Ana');
    const whileRunning = await record(room);
    await isWritten(whileRunning.id);
    expect((await call('DELETE', `/recordings/${whileRunning.id}`)).status).toBe(204);
    const whileFinishing = await record(room);
    await isWritten(whileFinishing.id);
    await call('POST', `/recordings/${whileFinishing.id}/stop`);
    expect((await call('DELETE', `/recordings/${whileFinishing.id}`)).status).toBe(204);
    for (const { id } of [whileRunning, whileFinishing]) {
      expect((await call('GET', `/recordings/${id}`)).status).toBe(404);
      expect((await call('DELETE', `/recordings/${id}`)).status).toBe(404);
      expect(existsSync(join(folder, 'recordings', id))).toBe(false);
    }
    await ana.close();
  });
});

describe('a restart', () => {
  test('in good order loses nothing: the rest is done afterwards, for its owner as before', async () => {
    const room = await newRoom();
    const ana = await enter(room, 'Ana');
    const { id } = await record(room);
    await isWritten(id);
    await ana.close();
    await running.close();
    await start();
    expect(await isReady(id)).toMatchObject({ stopReason: 'shutdown', partial: false });
    const { status } = await call('GET', `/recordings/${id}`, room.ownerSecret);
    expect(status).toBe(200);
    const again = await call<{ id: string }>('GET', `/rooms/${room.name}`);
    expect(again.data.id).toBe(room.id);
  });

  test('puts aside what it does not understand, and finds without a database what is there', async () => {
    const known = await waitFor('all recordings are ready', list, (items) =>
      items.every(({ state }) => state === 'ready'),
    );
    expect(known.length).toBeGreaterThan(0);
    await running.close();
    const strange = 'rec_01900000-0000-7000-8000-000000000000';
    mkdirSync(join(folder, 'recordings', strange));
    writeFileSync(join(folder, 'recordings', strange, 'manifest.json'), '{"id":');
    for (const name of readdirSync(join(folder, 'data'))) {
      if (name.startsWith('roomtone.db')) rmSync(join(folder, 'data', name));
    }
    const env = {
      ...process.env,
      DATA_DIR: join(folder, 'data'),
      RECORDINGS_DIR: join(folder, 'recordings'),
      LOG_LEVEL: 'silent',
    };
    const rebuilt = spawnSync(process.execPath, ['server/rebuild.ts'], { env, encoding: 'utf8' });
    expect(rebuilt).toMatchObject({
      status: 0,
      stdout: `${known.length} recordings are in the database\n`,
    });
    await start();
    expect(await list()).toEqual(known);
    expect(readdirSync(join(folder, 'recordings', 'quarantine'))).toEqual([strange]);
  });
});
