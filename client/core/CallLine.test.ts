import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { FakeSocket } from '../../test/support/peerFakeSocket.ts';
import { systemClock } from './clock.ts';
import { CallLine, IDLE_PING_INTERVAL_MS, type CallLineOptions } from './CallLine.ts';
import { PING_LIMIT_MS } from './SignalingClient.ts';

const events = {
  onNotification: vi.fn<CallLineOptions['onNotification']>(),
  onOpen: vi.fn<CallLineOptions['onOpen']>(),
  onRefused: vi.fn<CallLineOptions['onRefused']>(),
};

const create = (): CallLine =>
  new CallLine({
    url: 'ws://test',
    WebSocket: FakeSocket,
    clock: systemClock,
    introduce: async (request) => {
      await request('register', { active: true });
    },
    ...events,
  });

const flush = () => vi.advanceTimersByTimeAsync(0);

const openLast = async (): Promise<FakeSocket> => {
  await flush();
  FakeSocket.last.open();
  await flush();
  return FakeSocket.last;
};

const opened = async (): Promise<{ line: CallLine; socket: FakeSocket }> => {
  const line = create();
  const socket = await openLast();
  socket.answer('register');
  await flush();
  return { line, socket };
};

beforeEach(() => {
  vi.useFakeTimers();
  vi.spyOn(Math, 'random').mockReturnValue(0.5);
  for (const event of Object.values(events)) event.mockReset();
  FakeSocket.forget();
});

afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

describe('the line of calls', () => {
  it('is open once it has been introduced, and hears what follows in order', async () => {
    const line = create();
    const socket = await openLast();
    expect(line.open).toBe(false);
    socket.answer('register');
    // In the same breath as the answer: it must not overtake it.
    socket.receive({ notification: true, method: 'missedCallsChanged', data: { missedCalls: 1 } });
    expect(events.onNotification).not.toHaveBeenCalled();
    await flush();
    const order = [events.onOpen, events.onNotification].map((f) => f.mock.invocationCallOrder);
    expect(order[0]![0]).toBeLessThan(order[1]![0]!);
    expect(line.open).toBe(true);
  });

  it('comes back after 0.3, 0.6, 1.2 s, for as long as it takes', async () => {
    const { socket } = await opened();
    socket.drop(1006);
    expect(events.onOpen.mock.lastCall).toEqual([false]);
    for (const delayMs of [300, 300, 600, 1200]) {
      const count = FakeSocket.all.length;
      await vi.advanceTimersByTimeAsync(delayMs - 1);
      expect(FakeSocket.all).toHaveLength(count);
      await vi.advanceTimersByTimeAsync(1);
      expect(FakeSocket.all).toHaveLength(count + 1);
      FakeSocket.last.drop(1006);
    }
    const timer = setInterval(() => FakeSocket.last.drop(1006), 10);
    await vi.advanceTimersByTimeAsync(10 * 60_000);
    clearInterval(timer);
    await vi.advanceTimersByTimeAsync(3000);
    (await openLast()).answer('register');
    await flush();
    expect(events.onOpen.mock.lastCall).toEqual([true]);
    expect(events.onRefused).not.toHaveBeenCalled();
  });

  it('is tried at once when there is a sign of the network', async () => {
    const { line, socket } = await opened();
    socket.drop(1006);
    line.networkChanged();
    await flush();
    expect(FakeSocket.all).toHaveLength(2);
  });

  it('is replaced when it falls silent', async () => {
    await opened();
    await vi.advanceTimersByTimeAsync(IDLE_PING_INTERVAL_MS + PING_LIMIT_MS + 300);
    expect(FakeSocket.all).toHaveLength(2);
  });

  it.each(['unauthorized', 'forbidden'])('ends when it is refused with %s', async (code) => {
    create();
    (await openLast()).refuse('register', code);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(events.onRefused.mock.calls).toEqual([[code]]);
    expect(FakeSocket.all).toHaveLength(1);
  });

  it.each([
    [4401, 'unauthorized'],
    [4403, 'removed'],
  ])('ends when the server closes it with %i', async (code, why) => {
    const { line, socket } = await opened();
    socket.drop(code);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(events.onRefused.mock.calls).toEqual([[why]]);
    expect(FakeSocket.all).toHaveLength(1);
    await expect(line.opened(1000)).rejects.toMatchObject({ code: 'closed' });
  });

  it('tries again when the server is busy', async () => {
    create();
    (await openLast()).refuse('register', 'unavailable');
    await vi.advanceTimersByTimeAsync(300);
    (await openLast()).answer('register');
    await flush();
    expect(events.onOpen.mock.calls).toEqual([[true]]);
  });
});

describe('whoever waits for the line', () => {
  it('is told when it is open', async () => {
    const line = create();
    const waiting = line.opened(1000);
    (await openLast()).answer('register');
    await expect(waiting).resolves.toBeUndefined();
  });

  it('waits no longer than they want, nor for a line that is closed', async () => {
    const line = create();
    const outcomes = Promise.allSettled([line.opened(1000), line.opened(60_000)]);
    await vi.advanceTimersByTimeAsync(1000);
    line.close();
    expect(await outcomes).toMatchObject([
      { reason: { code: 'timeout' } },
      { reason: { code: 'closed' } },
    ]);
  });
});

it('says goodbye when it is closed, and stays away', async () => {
  const { line, socket } = await opened();
  line.close();
  expect(socket.closedWith).toBe(1000);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(FakeSocket.all).toHaveLength(1);
  expect(events.onRefused).not.toHaveBeenCalled();
});
