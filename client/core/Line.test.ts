import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { FakeSocket } from '../../test/support/peerFakeSocket.ts';
import { systemClock } from './clock.ts';
import { Line, type LineEvents } from './Line.ts';
import { PING_INTERVAL_MS, PING_LIMIT_MS } from './SignalingClient.ts';

const events = {
  onEntered: vi.fn<LineEvents['onEntered']>(),
  onNotification: vi.fn<LineEvents['onNotification']>(),
  onOffer: vi.fn<LineEvents['onOffer']>(),
  onRetrying: vi.fn<LineEvents['onRetrying']>(),
  onEnded: vi.fn<LineEvents['onEnded']>(),
};

const snapshot = (resumeToken: string) => ({ self: { resumeToken } });

const create = (): Line =>
  new Line({
    url: 'ws://test',
    WebSocket: FakeSocket,
    clock: systemClock,
    credentials: () => ({ room: 'garden', name: 'Ada' }),
    hasMediaCome: () => false,
    events,
  });

const flush = () => vi.advanceTimersByTimeAsync(0);

const openLast = async (): Promise<FakeSocket> => {
  await flush();
  FakeSocket.last.open();
  await flush();
  return FakeSocket.last;
};

const enter = async (): Promise<{ line: Line; socket: FakeSocket }> => {
  const line = create();
  const entering = line.enter();
  const socket = await openLast();
  socket.answer('join', snapshot('first'));
  await entering;
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

describe('entering', () => {
  it('joins with the credentials and hears what follows in order', async () => {
    const line = create();
    const entering = line.enter();
    const socket = await openLast();
    expect(socket.request('join')?.data).toEqual({ room: 'garden', name: 'Ada' });
    socket.answer('join', snapshot('first'));
    // In the same breath as the answer: it must not overtake the snapshot.
    socket.receive({ notification: true, method: 'participantLeft', data: { participantId: 'p' } });
    expect(events.onNotification).not.toHaveBeenCalled();
    await entering;
    const order = [events.onEntered, events.onNotification].map((f) => f.mock.invocationCallOrder);
    expect(order[0]![0]).toBeLessThan(order[1]![0]!);
    expect(events.onRetrying).not.toHaveBeenCalled();
  });

  it.each(['forbidden', 'room_locked', 'room_full', 'unauthorized', 'not_found'])(
    'ends when refused with %s',
    async (code) => {
      const entering = create().enter();
      (await openLast()).refuse('join', code);
      await entering;
      expect(events.onEnded.mock.calls).toEqual([['refused', code]]);
      await vi.advanceTimersByTimeAsync(60_000);
      expect(FakeSocket.all).toHaveLength(1);
    },
  );

  it('tries for a while when the server is not there, then says so', async () => {
    const entering = create().enter();
    const timer = setInterval(() => FakeSocket.last.drop(1006), 10);
    await vi.advanceTimersByTimeAsync(40_000);
    clearInterval(timer);
    await entering;
    expect(events.onEnded.mock.calls).toEqual([['unreachable', undefined]]);
    expect(FakeSocket.all.length).toBeGreaterThan(5);
  });
});

describe('a lost socket', () => {
  it('is replaced at once, with the latest token each time', async () => {
    const { socket } = await enter();
    socket.drop(1006);
    await flush();
    const second = await openLast();
    expect(second.request('resume')?.data).toEqual({ resumeToken: 'first' });
    second.answer('resume', snapshot('second'));
    await flush();
    second.drop(1006);
    await flush();
    const third = await openLast();
    expect(third.request('resume')?.data).toEqual({ resumeToken: 'second' });
    expect(events.onRetrying.mock.calls.map(([attempt]) => attempt)).toEqual([1, 1]);
  });

  it('is asked for again after 0.3, 0.6, 1.2 s', async () => {
    const { socket } = await enter();
    socket.drop(1006);
    await flush();
    for (const delayMs of [300, 600, 1200]) {
      const count = FakeSocket.all.length;
      FakeSocket.last.drop(1006);
      await vi.advanceTimersByTimeAsync(delayMs - 1);
      expect(FakeSocket.all).toHaveLength(count);
      await vi.advanceTimersByTimeAsync(1);
      expect(FakeSocket.all).toHaveLength(count + 1);
    }
  });

  it('leads to a new join when the server knows nothing any more', async () => {
    const { socket } = await enter();
    socket.drop(1012);
    await flush();
    const next = await openLast();
    next.refuse('resume', 'not_found');
    await flush();
    next.answer('join', snapshot('anew'));
    await flush();
    expect(events.onEntered).toHaveBeenCalledTimes(2);
    expect(events.onEnded).not.toHaveBeenCalled();
  });

  it('is not given up while the server is going down', async () => {
    const { socket } = await enter();
    socket.drop(1012);
    await flush();
    const next = await openLast();
    next.refuse('resume', 'not_found');
    await flush();
    next.refuse('join', 'not_found');
    await vi.advanceTimersByTimeAsync(300);
    (await openLast()).answer('join', snapshot('anew'));
    await flush();
    expect(events.onEntered).toHaveBeenCalledTimes(2);
  });

  it('is not waited for longer than three seconds to open', async () => {
    const { socket } = await enter();
    socket.drop(1006);
    await flush();
    expect(FakeSocket.all).toHaveLength(2);
    await vi.advanceTimersByTimeAsync(3000);
    expect(FakeSocket.all).toHaveLength(3);
  });

  it('is tried at once when there is a sign of the network', async () => {
    const { line, socket } = await enter();
    socket.drop(1006);
    await flush();
    await vi.advanceTimersByTimeAsync(1000);
    line.networkChanged();
    await flush();
    expect(FakeSocket.all).toHaveLength(3);
    (await openLast()).answer('resume', snapshot('second'));
    await flush();
    expect(events.onEntered.mock.lastCall?.[1]).toEqual({ doubtful: true });
  });

  it('ends the call as unreachable after two minutes', async () => {
    const { socket } = await enter();
    socket.drop(1006);
    await vi.advanceTimersByTimeAsync(119_000);
    expect(events.onEnded).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(events.onEnded.mock.calls).toEqual([['unreachable', undefined]]);
  });

  it.each([
    [1000, 'left'],
    [4403, 'removed'],
    [4409, 'replaced'],
    [4401, 'refused', 'unauthorized'],
    [4400, 'refused', 'protocol'],
  ])('is not replaced after close code %i', async (code, reason, detail?: string) => {
    const { socket } = await enter();
    socket.drop(code);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(events.onEnded.mock.calls).toEqual([[reason, detail]]);
    expect(FakeSocket.all).toHaveLength(1);
  });

  it('is noticed by silence, and what came before may be doubted', async () => {
    await enter();
    await vi.advanceTimersByTimeAsync(PING_INTERVAL_MS + PING_LIMIT_MS);
    expect(FakeSocket.all).toHaveLength(2);
    (await openLast()).answer('resume', snapshot('second'));
    await flush();
    expect(events.onEntered.mock.lastCall?.[1]).toEqual({ doubtful: true });
  });
});

describe('leaving', () => {
  it('says goodbye and closes for good', async () => {
    const { line, socket } = await enter();
    const leaving = line.leave();
    socket.answer('leave');
    await leaving;
    expect(socket.closedWith).toBe(1000);
    expect(events.onEnded).not.toHaveBeenCalled();
  });

  it('does not wait long for a server that does not answer', async () => {
    const { line } = await enter();
    const leaving = line.leave();
    await vi.advanceTimersByTimeAsync(1000);
    await expect(leaving).resolves.toBeUndefined();
  });

  it('ends the attempts to come back', async () => {
    const { line, socket } = await enter();
    socket.drop(1006);
    await flush();
    const resuming = await openLast();
    await line.leave();
    // The server may have let us in again already: this tells it that nobody comes.
    expect(resuming.closedWith).toBe(1000);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(FakeSocket.all).toHaveLength(2);
    expect(events.onEntered).toHaveBeenCalledTimes(1);
    expect(events.onEnded).not.toHaveBeenCalled();
  });
});
