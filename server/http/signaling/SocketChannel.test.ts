import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { silentLogger } from '../../../test/support/mediaWorker.ts';
import { FakeClock } from '../../base/FakeClock.ts';
import type { RequestFrame, ServerFrame } from '../../protocol/envelope.ts';
import { newId } from '../../protocol/ids.ts';
import type { ServerRequestData } from '../../protocol/signaling.ts';
import { newRecordingSettings } from '../../rooms/recordingSettings.ts';
import { SocketChannel } from './SocketChannel.ts';

/** Two ends of a real socket, and a clock that stands still. */

const SIGN_TIMEOUT_MS = 5_000;

let server: WebSocketServer;
let clock: FakeClock;
let theirs: WebSocket;
let ours: WebSocket;
let channel: SocketChannel;
let frames: ServerFrame[];
let closedWith: Promise<number>;
const onRequest = vi.fn<(frame: RequestFrame) => Promise<unknown>>();

const offer = {
  trackId: crypto.randomUUID(),
  participantId: newId('part'),
  kind: 'audio',
  source: 'microphone',
  consumerId: crypto.randomUUID(),
  rtpParameters: { codecs: [] },
} satisfies ServerRequestData<'offerTrack'>;

const received = async (count: number): Promise<ServerFrame[]> => {
  await vi.waitUntil(() => frames.length >= count);
  return frames;
};
const ask = (): Promise<string> =>
  channel.request('offerTrack', offer).then(
    () => 'taken',
    () => 'failed',
  );
const answer = (id: number, ok = true): void => {
  const more = ok ? {} : { errorCode: 500, errorReason: 'internal' };
  theirs.send(JSON.stringify({ response: true, id, ok, ...more }));
};

beforeEach(async () => {
  server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  await once(server, 'listening');
  clock = new FakeClock();
  frames = [];
  onRequest.mockReset().mockResolvedValue({});
  const connected = once(server, 'connection') as Promise<[WebSocket]>;
  theirs = new WebSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`);
  theirs.on('message', (data: Buffer) =>
    frames.push(JSON.parse(data.toString('utf8')) as ServerFrame),
  );
  [[ours]] = await Promise.all([connected, once(theirs, 'open')]);
  closedWith = new Promise((onClose) => {
    channel = new SocketChannel({ socket: ours, clock, logger: silentLogger, onRequest, onClose });
  });
});

afterEach(() => {
  theirs.terminate();
  server.close();
});

describe('a request to the client', () => {
  test('ends with its answer', async () => {
    const [taken, refused] = [
      channel.request('offerTrack', offer),
      channel.request('offerTrack', offer),
    ];
    const [first, second] = await received(2);
    expect(first).toMatchObject({ request: true, method: 'offerTrack', data: offer });
    answer((second as RequestFrame).id, false);
    answer((first as RequestFrame).id);
    await taken;
    await expect(refused).rejects.toThrow('internal');
  });

  test('waits as long as the line stands: a frozen page answers when it thaws', async () => {
    const taken = channel.request('offerTrack', offer);
    await received(1);
    for (let beats = 0; beats < 60; beats += 1) {
      const pong = once(ours, 'pong');
      channel.beat();
      channel.beat();
      await pong;
    }
    answer((frames[0] as RequestFrame).id);
    await expect(taken).resolves.toBeUndefined();
  });

  test('fails with the line, and at once when there is none', async () => {
    const open = channel.request('offerTrack', offer);
    theirs.terminate();
    await expect(open).rejects.toThrow('closed');
    await expect(channel.request('offerTrack', offer)).rejects.toThrow('closed');
  });

  test('that nobody answers is not repeated for ever: 1013', async () => {
    const asked: Promise<string>[] = [];
    while (ours.readyState === WebSocket.OPEN) asked.push(ask());
    expect(await closedWith).toBe(1013);
    expect(asked.length).toBeLessThanOrEqual(2_001);
    expect(new Set(await Promise.all(asked))).toEqual(new Set(['failed']));
  });
});

describe('a request of the client', () => {
  test('is answered, whatever becomes of it', async () => {
    onRequest.mockRejectedValueOnce(new TypeError('a bug'));
    theirs.send('{"request":true,"id":7,"method":"ping"}');
    theirs.send('{"request":true,"id":8,"method":"ping"}');
    expect(await received(2)).toEqual(
      expect.arrayContaining([
        {
          response: true,
          id: 7,
          ok: false,
          errorCode: 500,
          errorReason: 'internal',
          detail: 'Something went wrong on our side',
        },
        { response: true, id: 8, ok: true, data: {} },
      ]),
    );
  });

  test('waits its turn: 64 at once and no more', async () => {
    const { promise, resolve } = Promise.withResolvers<unknown>();
    onRequest.mockReturnValue(promise);
    for (let id = 0; id < 65; id += 1) {
      theirs.send(JSON.stringify({ request: true, id, method: 'ping' }));
    }
    expect((await received(1))[0]).toMatchObject({ id: 64, errorReason: 'rate_limited' });
    resolve({});
    expect(await received(65)).toHaveLength(65);
  });
});

describe('the line', () => {
  test('that is silent for two beats is asked, and cut off without an answer', async () => {
    theirs.pause();
    channel.beat();
    clock.advance(SIGN_TIMEOUT_MS);
    expect(ours.readyState).toBe(WebSocket.OPEN);
    channel.beat();
    clock.advance(SIGN_TIMEOUT_MS);
    expect(await closedWith).toBe(1006);
  });

  test('of a slow reader: stale news goes first, then the reader, with bounded memory', async () => {
    theirs.pause();
    const levels = Array.from({ length: 200 }, () => ({ participantId: newId('part'), volume: 0 }));
    for (let told = 0; told < 5_000; told += 1) {
      channel.notify({ name: 'audioLevels', data: { levels } });
    }
    expect(ours.bufferedAmount).toBeLessThan(128 * 1024);
    expect(ours.readyState).toBe(WebSocket.OPEN);
    const name = 'x'.repeat(1_000);
    const data = {
      id: newId('room'),
      name,
      locked: false,
      listed: false,
      recording: newRecordingSettings,
    };
    while (ours.readyState === WebSocket.OPEN) channel.notify({ name: 'roomChanged', data });
    expect(ours.bufferedAmount).toBeLessThan(1.1 * 1024 * 1024);
    theirs.resume();
    const [code] = (await once(theirs, 'close')) as [number];
    expect(code).toBe(1013);
  });
});
