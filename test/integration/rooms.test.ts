import { once } from 'node:events';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { observer } from 'mediasoup';
import type { types } from 'mediasoup';
import { microphone } from '../support/rtp.ts';
import { RawClient } from '../support/rawClient.ts';
import { startApp, type RunningApp } from '../support/startApp.ts';

/** Rooms as people live in them, on a real server with real workers. */

let running: RunningApp;
let routers: types.Router[];
const pids = new WeakMap<types.Router, number>();

const onWorker = (worker: types.Worker): void => {
  worker.observer.on('newrouter', (router) => {
    routers.push(router);
    pids.set(router, worker.pid);
  });
};

const enter = (room: string, name = 'Ann', more = {}) =>
  RawClient.join(running.url, room, { name, ...more });
const openRouters = () => routers.filter(({ closed }) => !closed);

beforeEach(async () => {
  routers = [];
  observer.on('newworker', onWorker);
  running = await startApp({ WORKERS: '2' });
  return async () => {
    observer.off('newworker', onWorker);
    await running.close();
  };
});

describe('coming in', () => {
  test('two hundred at once make one room with one owner', async () => {
    const clients = await Promise.all(
      Array.from({ length: 200 }, () => RawClient.open(running.url)),
    );
    const snapshots = await Promise.all(
      clients.map((client, n) => client.request('join', { room: 'fair', name: `Guest ${n}` })),
    );
    expect(routers).toHaveLength(1);
    expect(new Set(snapshots.map(({ media }) => media.id)).size).toBe(1);
    expect(new Set(snapshots.map(({ self }) => self.id)).size).toBe(200);
    expect(snapshots.filter(({ self }) => self.ownerSecret)).toHaveLength(1);
    expect(snapshots.filter(({ self }) => self.role === 'owner')).toHaveLength(1);

    const late = await RawClient.open(running.url);
    const asked = late.request('join', { room: 'fair', name: 'Late' });
    await expect(asked).rejects.toMatchObject({ code: 'room_full', status: 503 });

    await Promise.all(clients.map((client) => client.close()));
    await vi.waitUntil(() => openRouters().length === 0);
  });

  test('whoever hangs up in the middle of joining leaves nothing', async () => {
    const { client: witness } = await enter('yard');
    const leavers = await Promise.all(
      Array.from({ length: 20 }, () => RawClient.open(running.url)),
    );
    await Promise.all(
      leavers.map((client, n) => {
        const room = n % 2 === 0 ? 'yard' : `hall-${n}`;
        client.send({ request: true, id: 1, method: 'join', data: { room, name: 'Gone' } });
        return client.cut();
      }),
    );
    await vi.waitUntil(() => running.app.http.websocketServer.clients.size === 1);
    await vi.waitUntil(() => openRouters().length === 1);
    await witness.settled();
    const joined = witness.saidOf('participantJoined').map(({ id }) => id);
    const left = witness.saidOf('participantLeft').map(({ participantId }) => participantId);
    expect(left.toSorted()).toEqual(joined.toSorted());
    expect(running.app.rooms.find('yard')?.participantCount).toBe(1);
    // Its secret was told to nobody: the next to come starts it.
    expect((await enter('hall-1')).snapshot.self.ownerSecret).toBeDefined();
  });

  test('the room ends the moment somebody is in: they are told, not left in the dark', async () => {
    const { client: owner } = await enter('brief');
    const room = running.app.rooms.find('brief')!;
    room.on('memberJoined', () => queueMicrotask(() => running.app.rooms.end(room)));
    await expect(enter('brief', 'Ben')).rejects.toMatchObject({ code: 'not_found' });
    expect(await owner.closed).toMatchObject({ code: 4403 });
  });

  test('a spelling that folds into no name is refused; other spellings find the room', async () => {
    const first = await enter('Straße-ＡＢＣ');
    expect((await enter('straße-abc')).snapshot.room.id).toBe(first.snapshot.room.id);
    for (const name of ['a½', 'ROOM_1', 'ﬃ'.repeat(40), 'Ŀ']) {
      await expect(enter(name)).rejects.toMatchObject({ code: 'bad_request' });
    }
  });
});

describe('owner, lock, removal', () => {
  test('only the secret makes an owner, not the name and not being first', async () => {
    const starter = await enter('den', 'Olga');
    const ownerSecret = starter.snapshot.self.ownerSecret!;
    await starter.client.settled();
    await starter.client.close();
    const second = await enter('den', 'Olga');
    expect(second.snapshot.self).toMatchObject({ role: 'guest' });
    expect(second.snapshot.self.ownerSecret).toBeUndefined();
    const wrong = await enter('den', 'Olga', { ownerSecret: 'x'.repeat(43) });
    expect(wrong.snapshot.self.role).toBe('guest');
    const back = await enter('den', 'Olga', { ownerSecret });
    expect(back.snapshot.self.role).toBe('owner');
    expect(back.snapshot.self.ownerSecret).toBeUndefined();
    const { id: participantId } = back.snapshot.self;
    const guest = second.client;
    await expect(guest.request('updateRoom', { locked: true })).rejects.toMatchObject({
      code: 'forbidden',
    });
    await expect(guest.request('removeParticipant', { participantId })).rejects.toMatchObject({
      code: 'forbidden',
    });
  });

  test('a locked room lets nobody new in but its owner', async () => {
    const { client, snapshot } = await enter('safe');
    const { ownerSecret, resumeToken } = snapshot.self;
    await client.request('updateRoom', { locked: true });
    await expect(enter('SAFE', 'Ben')).rejects.toMatchObject({ code: 'room_locked' });
    await enter('safe', 'Ann again', { ownerSecret });
    // Whoever was in is no newcomer.
    await client.cut();
    const back = await RawClient.open(running.url);
    expect((await back.request('resume', { resumeToken })).room.locked).toBe(true);
    await back.request('updateRoom', { locked: false });
    await enter('safe', 'Ben');
  });

  test('who is removed is closed with 4403, cannot resume, and the others are told', async () => {
    const { client: owner } = await enter('court');
    const { client: rude, snapshot } = await enter('court', 'Rude');
    await rude.request('publish', microphone());
    const { id: participantId, resumeToken } = snapshot.self;
    await owner.request('removeParticipant', { participantId });
    expect(await rude.closed).toMatchObject({ code: 4403 });
    await owner.told('trackUnpublished', (track) => track.participantId === participantId);
    await owner.told('participantLeft', (who) => who.participantId === participantId);
    const back = await RawClient.open(running.url);
    await expect(back.request('resume', { resumeToken })).rejects.toMatchObject({
      code: 'not_found',
    });
  });
});

describe.each(['SIGKILL', 'SIGSTOP'] as const)('a worker gets %s', (signal) => {
  test('its rooms move with everybody in them; other rooms notice nothing', async () => {
    const moving = await Promise.all([enter('moving', 'Ann'), enter('moving', 'Ben')]);
    const staying = await enter('staying', 'Eve');
    const { trackId } = await moving[0].client.request('publish', microphone());
    await moving[1].client.told('trackPublished');
    const before = moving[0].snapshot.media.id;
    const [first, second] = routers;
    expect(first!.id).toBe(before);
    expect(second!.id).toBe(staying.snapshot.media.id);
    expect(pids.get(first!)).not.toBe(pids.get(second!));
    const gone = once(first!, 'workerclose');
    process.kill(pids.get(first!)!, signal);
    await gone;

    const sessions = await Promise.all(moving.map(({ client }) => client.told('mediaMoved')));
    expect(new Set(sessions.map(({ id }) => id)).size).toBe(1);
    expect(sessions[0]!.id).not.toBe(before);
    for (const [n, { client }] of moving.entries()) {
      const { rtpCapabilities, send } = sessions[n]!;
      await client.request('receive', { rtpCapabilities });
      await client.request('publish', { ...microphone(), transportId: send.id });
      expect(client.saidOf('participantLeft')).toEqual([]);
      expect(client.saidOf('participantChanged')).toEqual([]);
      await expect(client.request('unpublish', { trackId })).rejects.toMatchObject({
        code: 'not_found',
      });
    }
    await Promise.all(moving.map(({ client }) => client.offered()));
    await staying.client.settled();
    expect(staying.client.notifications).toEqual([]);
    await vi.waitUntil(() => running.app.pool.pids.length === 2);
  });
});
