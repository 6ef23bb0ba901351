import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { observer } from 'mediasoup';
import type { types } from 'mediasoup';
import { collectGarbage } from '../support/collectGarbage.ts';
import { camera, microphone } from '../support/rtp.ts';
import { RawClient } from '../support/rawClient.ts';
import { startApp, type RunningApp } from '../support/startApp.ts';

/** A thousand visits leave nothing in memory, in the worker, or among the listeners. */

const VISITS = 1_000;
const AT_ONCE = 10;

let running: RunningApp;
const routers: types.Router[] = [];
const warnings: Error[] = [];
const onWarning = (warning: Error) => warnings.push(warning);

beforeAll(async () => {
  process.on('warning', onWarning);
  observer.once('newworker', (made) => {
    made.observer.on('newrouter', (router) => routers.push(router));
  });
  running = await startApp();
});
afterAll(async () => {
  await running.close();
  process.off('warning', onWarning);
});

const visit = async (): Promise<void> => {
  const { client, snapshot } = await RawClient.join(running.url, 'lobby', { name: 'Guest' });
  await client.request('receive', { rtpCapabilities: snapshot.media.rtpCapabilities });
  const { trackId } = await client.request('publish', microphone());
  await client.request('publish', camera());
  await client.request('pauseTrack', { trackId, paused: true });
  await client.request('leave', {});
  await client.closed;
};

test('a room that a thousand people pass through is as it was', { timeout: 120_000 }, async () => {
  const { client: host } = await RawClient.join(running.url, 'lobby', { name: 'Host' });
  const room = running.app.rooms.find('lobby')!;
  const gone: WeakRef<object>[] = [];
  room.on('memberLeft', (member) => gone.push(new WeakRef(member)));
  for (let round = 0; round < VISITS / AT_ONCE; round += 1) {
    await Promise.all(Array.from({ length: AT_ONCE }, visit));
    host.notifications.length = 0;
  }
  expect(gone).toHaveLength(VISITS);
  expect(room.participants()).toHaveLength(1);
  await vi.waitUntil(
    () => {
      collectGarbage();
      return gone.filter((reference) => reference.deref()).length <= AT_ONCE;
    },
    { timeout: 20_000, interval: 250 },
  );
  const open = routers.filter(({ closed }) => !closed);
  expect(open).toHaveLength(1);
  const dump = await open[0]!.dump();
  // The host's two.
  expect(dump.transportIds).toHaveLength(2);
  expect(running.app.http.websocketServer.clients.size).toBe(1);
  await host.close();
  expect(warnings).toEqual([]);
});
