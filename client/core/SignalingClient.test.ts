import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { FakeSocket } from '../../test/support/peerFakeSocket.ts';
import {
  RELAXED_PING_INTERVAL_MS,
  PING_INTERVAL_MS,
  PING_LIMIT_MS,
  SILENT_LINE,
  SignalingClient,
  type SignalingOptions,
} from './SignalingClient.ts';

const closed = vi.fn<(code: number) => void>();
const notified = vi.fn<SignalingOptions['onNotification']>();
const offered = vi.fn<SignalingOptions['onOffer']>();

const hasMediaCome = vi.fn<() => boolean>();

const open = async (): Promise<{ client: SignalingClient; socket: FakeSocket }> => {
  const client = create();
  const opening = client.opened(1000);
  FakeSocket.last.open();
  await opening;
  return { client, socket: FakeSocket.last };
};

const create = (): SignalingClient =>
  new SignalingClient({
    url: 'ws://test',
    WebSocket: FakeSocket,
    onOffer: offered,
    onNotification: notified,
    hasMediaCome,
    onClosed: closed,
  });

/** Listened to from the start, so that a rejection before the timers stop is not unhandled. */
const failureOf = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => null,
    (error: unknown) => error,
  );

beforeEach(() => {
  hasMediaCome.mockReset().mockReturnValue(false);
  vi.useFakeTimers();
  vi.resetAllMocks();
  FakeSocket.forget();
});

afterEach(() => {
  vi.useRealTimers();
});

describe('requests', () => {
  it('get their own answers, in any order', async () => {
    const { client, socket } = await open();
    const first = client.request('ping', {});
    const second = client.request('setView', { tiles: [] });
    const third = client.request('leave', {});
    socket.refuse('setView', 'wrong_state');
    socket.answer('leave');
    socket.answer('ping');
    await expect(first).resolves.toEqual({});
    await expect(second).rejects.toMatchObject({ code: 'wrong_state', status: 409 });
    await expect(third).resolves.toEqual({});
  });

  it('fail after ten seconds without an answer', async () => {
    const { client } = await open();
    const failing = failureOf(client.request('leave', {}));
    await vi.advanceTimersByTimeAsync(10_000);
    await expect(failing).resolves.toMatchObject({ code: 'timeout' });
  });

  it('fail when the socket closes, and after it', async () => {
    const { client, socket } = await open();
    const failing = failureOf(client.request('leave', {}));
    socket.drop(1006);
    await expect(failing).resolves.toMatchObject({ code: 'closed' });
    await expect(client.request('leave', {})).rejects.toMatchObject({ code: 'closed', status: 0 });
    expect(closed.mock.calls).toEqual([[1006]]);
  });

  it('with an unknown error code count as internal', async () => {
    const { client, socket } = await open();
    const failing = client.request('leave', {});
    socket.refuse('leave', 'brand_new');
    await expect(failing).rejects.toMatchObject({ code: 'internal' });
  });
});

describe('the server', () => {
  it('is answered when it offers a track', async () => {
    const { socket } = await open();
    offered.mockResolvedValueOnce().mockRejectedValueOnce(new Error('no'));
    socket.receive({ request: true, id: 5, method: 'offerTrack', data: { trackId: 't' } });
    socket.receive({ request: true, id: 6, method: 'offerTrack', data: { trackId: 'u' } });
    socket.receive({ request: true, id: 7, method: 'dance', data: {} });
    await vi.advanceTimersByTimeAsync(0);
    expect(offered.mock.calls).toEqual([[{ trackId: 't' }], [{ trackId: 'u' }]]);
    const answers = socket.sent.toSorted((a, b) => a.id - b.id);
    expect(answers).toMatchObject([
      { response: true, id: 5, ok: true },
      { id: 6, ok: false, errorReason: 'wrong_state' },
      { id: 7, ok: false, errorReason: 'bad_request' },
    ]);
  });

  it('notifies; what is no frame is passed over', async () => {
    const { socket } = await open();
    for (const junk of ['', 'null', '[]', '{"a":1}', '12']) socket.receive(junk);
    socket.receive({ notification: true, method: 'participantLeft', data: { participantId: 'p' } });
    expect(notified.mock.calls).toEqual([
      [{ name: 'participantLeft', data: { participantId: 'p' } }],
    ]);
  });
});

describe('a line that falls silent', () => {
  it('is given up when a ping is not answered in time', async () => {
    const { client, socket } = await open();
    client.startPinging();
    await vi.advanceTimersByTimeAsync(PING_INTERVAL_MS);
    socket.answer('ping');
    await vi.advanceTimersByTimeAsync(PING_INTERVAL_MS + PING_LIMIT_MS - 1);
    expect(closed).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1);
    expect(closed.mock.calls).toEqual([[SILENT_LINE]]);
    expect(socket.closedWith).toBeUndefined();
  });

  it('is not asked as often while media shows that the way is there', async () => {
    hasMediaCome.mockReturnValue(true);
    const { client, socket } = await open();
    client.startPinging();
    const asked = () => socket.sent.length;
    await vi.advanceTimersByTimeAsync(RELAXED_PING_INTERVAL_MS - PING_INTERVAL_MS);
    expect(asked()).toBe(0);
    await vi.advanceTimersByTimeAsync(2 * PING_INTERVAL_MS);
    expect(asked()).toBe(1);
  });

  it('is alive when anything arrives', async () => {
    const { client, socket } = await open();
    client.probe();
    await vi.advanceTimersByTimeAsync(2500);
    socket.receive({ notification: true, method: 'audioLevels', data: { levels: [] } });
    await vi.advanceTimersByTimeAsync(600);
    expect(closed).not.toHaveBeenCalled();
  });
});

describe('opening', () => {
  it('fails when it takes too long, and the socket goes', async () => {
    const failing = failureOf(create().opened(3000));
    await vi.advanceTimersByTimeAsync(3000);
    await expect(failing).resolves.toMatchObject({ code: 'timeout' });
    expect(FakeSocket.last.closedWith).toBeUndefined();
    expect(closed).not.toHaveBeenCalled();
  });

  it('fails when nobody is there', async () => {
    const opening = create().opened(3000);
    FakeSocket.last.drop(1006);
    await expect(opening).rejects.toMatchObject({ code: 'closed' });
  });
});

describe('closing', () => {
  it('says whether it is for good, and is not reported', async () => {
    const one = await open();
    one.client.closeForGood();
    expect(one.socket.closedWith).toBe(1000);
    const other = await open();
    other.client.close();
    expect(other.socket.closedWith).toBeUndefined();
    other.socket.drop(1005);
    expect(closed).not.toHaveBeenCalled();
  });
});
