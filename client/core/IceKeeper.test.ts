import { EventEmitter } from 'node:events';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { systemClock } from './clock.ts';
import { IceKeeper } from './IceKeeper.ts';
import type { Transport } from './mediasoup.ts';

type State = Transport['connectionState'];

class FakeTransport extends EventEmitter {
  connectionState: State = 'new';

  become(state: State): void {
    this.connectionState = state;
    this.emit('connectionstatechange', state);
  }
}

const restart = vi.fn<() => Promise<void>>();
let transport: FakeTransport;
let keeper: IceKeeper;

beforeEach(() => {
  vi.useFakeTimers();
  restart.mockReset();
  restart.mockResolvedValue();
  transport = new FakeTransport();
  keeper = new IceKeeper({
    transport: transport as unknown as Transport,
    clock: systemClock,
    restart,
    onStateChanged: () => {},
  });
  transport.become('connected');
});

afterEach(() => {
  keeper.close();
  vi.useRealTimers();
});

const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);

describe('IceKeeper', () => {
  it('gives a disconnected transport two seconds', async () => {
    transport.become('disconnected');
    await pass(1999);
    expect(restart).not.toHaveBeenCalled();
    await pass(1);
    expect(restart).toHaveBeenCalledTimes(1);
  });

  it('leaves one alone that heals by itself', async () => {
    transport.become('disconnected');
    await pass(1000);
    transport.become('connected');
    await pass(60_000);
    expect(restart).not.toHaveBeenCalled();
  });

  it('restarts a failed one at once, and every three seconds until it is connected', async () => {
    transport.become('failed');
    await pass(0);
    expect(restart).toHaveBeenCalledTimes(1);
    await pass(2999);
    expect(restart).toHaveBeenCalledTimes(1);
    await pass(1);
    expect(restart).toHaveBeenCalledTimes(2);
    transport.become('connected');
    await pass(60_000);
    expect(restart).toHaveBeenCalledTimes(2);
  });

  it('goes on while the server cannot be asked', async () => {
    restart.mockRejectedValue(new Error('closed'));
    transport.become('failed');
    await pass(9000);
    expect(restart).toHaveBeenCalledTimes(4);
  });

  it('does so once in three seconds however often the network changes', async () => {
    for (let second = 0; second < 6; second++) {
      keeper.restartSoon();
      keeper.restartSoon();
      await pass(1000);
    }
    // At 0, 3 and 6 seconds.
    expect(restart).toHaveBeenCalledTimes(3);
  });

  it('does nothing to a transport that was never used, nor after closing', async () => {
    transport.connectionState = 'new';
    keeper.restartSoon();
    keeper.check();
    await pass(10_000);
    transport.become('failed');
    keeper.close();
    await pass(10_000);
    transport.become('failed');
    await pass(10_000);
    expect(restart).not.toHaveBeenCalled();
  });
});
