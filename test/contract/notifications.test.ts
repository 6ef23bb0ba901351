import { afterAll, beforeAll, expect, test } from 'vitest';
import { observer } from 'mediasoup';
import type { types } from 'mediasoup';
import { callNotifications } from '../../server/protocol/calling.ts';
import { notifications, serverRequests } from '../../server/protocol/signaling.ts';
import { camera, microphone } from '../support/rtp.ts';
import { heard, RawClient } from '../support/rawClient.ts';
import { RawSocket } from '../support/rawSocket.ts';
import { startApp, type RunningApp } from '../support/startApp.ts';
import { StandIn } from '../support/StandIn.ts';
import { TestTone } from '../support/TestTone.ts';

/**
 * What a server says by itself. Each is provoked on the real server and held against its schema by
 * the client; the last test counts that none was left out.
 */

let running: RunningApp;
const routers: types.Router[] = [];
const onWorker = (worker: types.Worker): void => {
  worker.observer.on('newrouter', (router) => routers.push(router));
};

const enter = (room: string, name = 'Ann') => RawClient.join(running.url, room, { name });

beforeAll(async () => {
  observer.on('newworker', onWorker);
  running = await startApp();
});
afterAll(async () => {
  observer.off('newworker', onWorker);
  await running.close();
});

test('people come, lose their line, come back, go', async () => {
  const { client: ann } = await enter('people');
  const { client: ben, snapshot } = await enter('people', 'Ben');
  const { id, resumeToken } = snapshot.self;
  expect(await ann.told('participantJoined')).toMatchObject({ id, name: 'Ben', tracks: [] });
  await ben.settled();
  await ben.cut();
  await ann.told('participantChanged', ({ connection }) => connection === 'reconnecting');
  const back = await RawClient.open(running.url);
  await back.request('resume', { resumeToken });
  await ann.told('participantChanged', ({ connection }) => connection === 'connected');
  await back.request('leave', {});
  expect(await back.closed).toMatchObject({ code: 1000 });
  expect(await ann.told('participantLeft')).toEqual({ participantId: id });
});

test('who breaks the protocol is gone at once: there is no coming back to hope for', async () => {
  const { client: ann } = await enter('strict');
  const { client: ben } = await enter('strict', 'Ben');
  await ben.settled();
  for (let strike = 0; strike < 3; strike += 1) ben.send('?');
  expect(await ben.closed).toMatchObject({ code: 4400 });
  await ann.told('participantLeft');
  expect(ann.saidOf('participantChanged')).toEqual([]);
});

test('tracks are published, offered, muted, taken back', async () => {
  const { client: ann, snapshot } = await enter('tracks');
  const { client: ben } = await enter('tracks', 'Ben');
  const { rtpCapabilities } = snapshot.media;
  await ann.request('receive', { rtpCapabilities });
  const { trackId } = await ben.request('publish', camera());
  const published = await ann.told('trackPublished');
  expect(published).toMatchObject({ id: trackId, kind: 'video', source: 'camera', paused: false });
  const offer = await ann.offered();
  expect(offer).toMatchObject({ trackId, participantId: published.participantId });
  expect(offer.rtpParameters.encodings).toHaveLength(1);
  await ben.request('pauseTrack', { trackId, paused: true });
  expect(await ann.told('trackPaused')).toMatchObject({ trackId, paused: true });
  await ben.request('unpublish', { trackId });
  expect(await ann.told('trackUnpublished')).toMatchObject({ trackId });
  // The sender hears of its own tracks as well.
  expect(ben.saidOf('trackUnpublished')).toHaveLength(1);
});

test('an offer nobody agreed to comes again after a resume, an agreed one does not', async () => {
  const { client: ann, snapshot } = await enter('offers');
  const { client: ben } = await enter('offers', 'Ben');
  await ann.request('receive', { rtpCapabilities: snapshot.media.rtpCapabilities });
  const agreed = await ben.request('publish', camera());
  await ann.offered();
  await ann.settled();
  ann.answering = 'ignore';
  const missed = await ben.request('publish', microphone());
  const { consumerId } = await ann.offered(({ trackId }) => trackId === missed.trackId);
  await ann.cut();
  const back = await RawClient.open(running.url);
  await back.request('resume', { resumeToken: snapshot.self.resumeToken });
  await back.settled();
  expect(back.offers).toMatchObject([{ trackId: missed.trackId, consumerId }]);
  expect(agreed.trackId).not.toBe(missed.trackId);
});

test('the room changes', async () => {
  const { client: ann } = await enter('rules');
  const { client: ben } = await enter('rules', 'Ben');
  const state = await ann.request('updateRoom', { locked: true });
  expect(await ben.told('roomChanged')).toEqual(state);
});

test('somebody speaks, and falls silent', async () => {
  const { client: ann, snapshot } = await enter('voices');
  const room = running.app.rooms.find('voices')!;
  const router = routers.find(({ id }) => id === snapshot.media.id)!;
  const tone = await TestTone.create(router);
  const speaker = new StandIn('Voice');
  const { producer } = tone;
  await room.media!.observe(producer);
  room.join(speaker);
  room.publish({
    id: producer.id,
    memberId: speaker.id,
    kind: 'audio',
    source: 'microphone',
    producer,
    width: undefined,
    height: undefined,
    paused: false,
  });
  const { levels } = await ann.told('audioLevels', (news) => news.levels.length > 0);
  expect(levels).toMatchObject([{ participantId: speaker.id, volume: -10 }]);
  await ann.told('activeSpeakerChanged', (news) => news.participantId === speaker.id);
  tone.close();
  await ann.told('audioLevels', (news) => news.levels.length === 0);
  room.leave(speaker, 'left');
  await ann.told('activeSpeakerChanged', (news) => news.participantId === null);
});

test('a recording begins, is written, pauses, goes on and ends', async () => {
  const { client: ann } = await enter('recorded');
  const { client: ben, snapshot } = await enter('recorded', 'Ben');
  expect(snapshot).toMatchObject({ recording: null, self: { canRecord: false } });
  await expect(ben.request('startRecording', {})).rejects.toMatchObject({ code: 'forbidden' });
  const started = await ann.request('startRecording', {});
  const hears = (state: string) =>
    ben.told('recordingChanged', ({ recording }) => recording?.state === state);
  expect(await hears('starting')).toMatchObject({ recording: { startedBy: 'Ann' } });
  await hears('recording');
  const { onDiskMs } = await ben.told('recordingProgress', (news) => news.onDiskMs > 0);
  expect(onDiskMs).toBeLessThan(10_000);
  const latecomer = await enter('recorded', 'Cem');
  expect(latecomer.snapshot.recording).toMatchObject({ id: started.id, state: 'recording' });
  await ann.request('pauseRecording', {});
  await hears('paused');
  await ann.request('resumeRecording', {});
  await hears('recording');
  await ann.request('stopRecording', {});
  const ended = await ben.told('recordingChanged', ({ recording }) => recording === null);
  expect(ended).toEqual({ recording: null, stopReason: 'stopped' });
});

test('who is not recorded is told to all, and changes when they agree', async () => {
  const { client: ann } = await enter('asked');
  const { client: ben, snapshot } = await enter('asked', 'Ben');
  await ann.request('updateRoom', { recording: { consent: true } });
  const { unrecorded } = await ann.request('startRecording', {});
  expect(unrecorded).toContain(snapshot.self.id);
  await ben.request('consentToRecording', { agreed: true });
  await ann.told(
    'recordingChanged',
    ({ recording }) => recording?.unrecorded.includes(snapshot.self.id) === false,
  );
  await ben.request('consentToRecording', { agreed: false });
  await ann.told(
    'recordingChanged',
    ({ recording }) => recording?.unrecorded.includes(snapshot.self.id) === true,
  );
  await ann.request('stopRecording', {});
});

test('the media moves', async () => {
  const { client: ann, snapshot } = await enter('moving');
  process.kill(running.app.pool.pids[0]!, 'SIGKILL');
  const session = await ann.told('mediaMoved');
  expect(session.id).not.toBe(snapshot.media.id);
  expect(session.send.iceCandidates.length).toBeGreaterThan(0);
});

test('the server stops: everybody is to come back', async () => {
  const other = await startApp();
  const { client: inside } = await RawClient.join(other.url, 'den');
  const outside = await RawClient.open(other.url);
  // Somebody who never answers a close does not hold it up.
  const { raw } = await RawSocket.open(other.url);
  await other.close();
  raw.destroy();
  expect(await inside.closed).toMatchObject({ code: 1012 });
  expect(await outside.closed).toMatchObject({ code: 1012 });
});

test('nothing that the server can say was left out', () => {
  const all = [...Object.keys(notifications), ...Object.keys(serverRequests)];
  // A layer arrives only where packets do: with real media, in the tests of the client.
  // Calls are on sockets that are in no room, and have a test of their own.
  const elsewhere = new Set(['layerChanged', ...Object.keys(callNotifications)]);
  expect(all.filter((name) => !heard.has(name) && !elsewhere.has(name))).toEqual([]);
});
