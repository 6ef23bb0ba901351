import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RecordingResource } from '../../server/protocol/recordings.ts';
import { SmallDisk } from '../support/SmallDisk.ts';
import { startApp, type RunningApp } from '../support/startApp.ts';
import { faultsOf } from '../support/truth/faultsOf.ts';
import { judgeRecording } from '../support/truth/judgeRecording.ts';
import { ApiProblem, RecordingApi } from '../support/truth/RecordingApi.ts';
import { Taper } from '../support/truth/Taper.ts';
import { TruthPeer } from '../support/truth/TruthPeer.ts';
import { waitFor } from '../support/waitFor.ts';

const MIB = 1024 ** 2;
const DISK_BYTES = 64 * MIB;
/** The server's: a twentieth of a disk as small as this. */
const FLOOR_BYTES = DISK_BYTES / 20;
const ROOM = 'disk';
/** The server looks every two seconds. */
const NOTICED_MS = 6_000;
/** What came after the server had begun to stop is not asked for. */
const OPEN_MS = 500;

const obstacle = await SmallDisk.whyNot();
const why = obstacle === undefined ? '' : ` (not run: ${obstacle})`;

describe.skipIf(obstacle !== undefined)(`a full disk${why}`, { timeout: 120_000, retry: 2 }, () => {
  let disk: SmallDisk;
  let data: string;
  let app: RunningApp;
  let api: RecordingApi;
  let peers: TruthPeer[] = [];

  const start = async (): Promise<void> => {
    app = await startApp({ RECORDINGS_DIR: join(disk.folder, 'recordings'), DATA_DIR: data });
    api = new RecordingApi(app);
  };

  beforeEach(async () => {
    disk = await SmallDisk.mount(DISK_BYTES);
    data = mkdtempSync(join(tmpdir(), 'roomtone-disk-data-'));
    await start();
    for (const [name, n] of [
      ['Ana', 1],
      ['Ben', 2],
    ] as const) {
      peers.push(await TruthPeer.join({ url: app.url, room: ROOM, name, n }));
    }
  });

  afterEach(async () => {
    for (const peer of peers) await peer.leave();
    peers = [];
    await app.close();
    await disk.close();
    rmSync(data, { recursive: true, force: true });
  });

  const ana = (): TruthPeer => peers[0]!;
  const ben = (): TruthPeer => peers[1]!;

  const callGoesOn = async (): Promise<void> => {
    const { peer } = ben();
    const before = peer.packetsFrom('Ana', 'camera');
    await waitFor(
      'Ben still gets pictures of Ana',
      () => peer.packetsFrom('Ana', 'camera'),
      (now) => now > before + 40,
    );
    expect(ana().peer.store.phase.value.name).toBe('joined');
  };

  const stopsByItself = (taper: Taper): Promise<RecordingResource> =>
    waitFor(
      'the recording stops for want of space',
      () => api.get(taper.id),
      ({ state }) => state !== 'recording' && state !== 'stopping',
      { timeoutMs: NOTICED_MS },
    );

  /** Until a little before the server stopped, all is there. */
  const isWhole = async (taper: Taper, untilMs: number): Promise<RecordingResource> => {
    const recording = await api.ready(taper.id);
    taper.endedAt(untilMs, OPEN_MS);
    const archives = await judgeRecording({ api, recording, taping: taper.taping, peers });
    expect(archives.flatMap(({ verdict }) => faultsOf(verdict))).toEqual([]);
    for (const { verdict } of archives) {
      for (const { must } of verdict.events) expect(must).toBeGreaterThan(1);
    }
    return recording;
  };

  it('nothing begins on it, and everything once there is room', async () => {
    await disk.fill(FLOOR_BYTES - MIB);
    const refusal = await api.start(ROOM).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(ApiProblem);
    expect(refusal).toMatchObject({ status: 507, code: 'disk_full' });
    expect(await api.list()).toEqual([]);
    await disk.empty();
    const { id } = await api.start(ROOM);
    expect((await api.get(id)).state).toBe('recording');
  });

  it('what runs stops at the floor and is finished; the call goes on', async () => {
    const taper = await Taper.start(api, ROOM);
    await flashes(3);
    const fullAtMs = performance.now();
    await disk.fill(FLOOR_BYTES - MIB);
    const { endedAt } = await stopsByItself(taper);
    const untilMs = taper.processMs(Date.parse(endedAt ?? ''));
    expect(untilMs).toBeGreaterThan(fullAtMs);
    await callGoesOn();
    const { stopReason, health } = await isWhole(taper, untilMs);
    expect(stopReason).toBe('disk');
    expect(health).not.toBeNull();
  });

  it('what was written before not a byte fitted plays, once there is room', async () => {
    const taper = await Taper.start(api, ROOM);
    await flashes(3);
    const fullAtMs = performance.now();
    await disk.fill(0);
    await stopsByItself(taper);
    await callGoesOn();
    for (const peer of peers) await peer.leave();
    await app.close();
    await disk.empty();
    await start();
    const { stopReason } = await isWhole(taper, fullAtMs);
    // Where why it stopped could not be written down either, it looks like a crash.
    expect(['disk', 'crash']).toContain(stopReason);
  });

  /** So many more have been sent. */
  const flashes = async (count: number): Promise<void> => {
    const { sending } = ana().track('camera');
    const from = sending.sent.at(-1)?.clipMs ?? 0;
    await waitFor(
      `${count} s have been sent`,
      () => sending.sent.at(-1)?.clipMs ?? 0,
      (clipMs) => clipMs > from + count * 1000,
    );
  };
});
