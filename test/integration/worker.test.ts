import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Clock } from '../../server/base/Clock.ts';
import type { MediaWorker } from '../../server/media/MediaWorker.ts';
import { WorkerPool } from '../../server/media/WorkerPool.ts';
import { systemClock } from '../../server/base/Clock.ts';
import { createMediaWorker, silentLogger } from '../support/mediaWorker.ts';

/** A clock whose hands the test moves, and whose ticks it gives. */
class Metronome implements Clock {
  ms = 0;
  #task: () => void = () => undefined;

  now(): number {
    return this.ms;
  }

  elapsed(): number {
    return this.ms;
  }

  after(delayMs: number, task: () => void): () => void {
    return systemClock.after(delayMs, task);
  }

  every(_intervalMs: number, task: () => void): () => void {
    this.#task = task;
    return () => undefined;
  }

  tick(): void {
    this.#task();
  }
}

describe('a worker that is watched', () => {
  let clock: Metronome;
  let worker: MediaWorker;
  const died = vi.fn<() => void>();

  beforeEach(async () => {
    died.mockReset();
    clock = new Metronome();
    worker = await createMediaWorker(clock);
    worker.once('died', died);
  });
  afterEach(() => worker.close());

  test('is not killed because the server itself stood still', async () => {
    clock.tick();
    // A suspended machine, a paused container: the answer is there, but nobody has read it yet.
    clock.ms += 3_600_000;
    clock.tick();
    const room = await worker.openRoom();
    expect(room.closed).toBe(false);
    expect(died).not.toHaveBeenCalled();
  });

  test('is killed when it answers nothing, question after question', async () => {
    process.kill(worker.pid, 'SIGSTOP');
    const gone = once(worker, 'died');
    for (let ticks = 0; ticks < 5; ticks += 1) {
      clock.tick();
      clock.ms += 500;
    }
    await gone;
    expect(worker.alive).toBe(false);
    // Ticks that come late find nobody to kill.
    clock.tick();
    clock.tick();
  });
});

describe('a worker that is closed', () => {
  test('is gone afterwards, even when it hangs', async () => {
    const worker = await createMediaWorker(systemClock);
    process.kill(worker.pid, 'SIGSTOP');
    await worker.close();
    expect(() => process.kill(worker.pid, 0)).toThrow('ESRCH');
  });
});

describe('a pool', () => {
  test('whose workers died lets any number of rooms wait, without a warning', async () => {
    const warnings: string[] = [];
    const onWarning = ({ name, message }: Error) => warnings.push(`${name} ${message}`);
    process.on('warning', onWarning);
    const pool = await WorkerPool.create({
      count: 1,
      workerBin: process.env['MEDIASOUP_WORKER_BIN'],
      listenIp: '127.0.0.1',
      announcedAddress: undefined,
      firstPort: 0,
      clock: systemClock,
      logger: silentLogger,
    });
    const [pid] = pool.pids;
    process.kill(pid!, 'SIGKILL');
    const rooms = await Promise.all(Array.from({ length: 30 }, () => pool.open()));
    expect(new Set(rooms.map(({ id }) => id)).size).toBe(30);
    expect(pool.pids).not.toContain(pid);
    await new Promise((resolve) => setImmediate(resolve));
    process.off('warning', onWarning);
    await pool.close();
    expect(warnings).toEqual([]);
  });

  test('of a binary that does not start says so at once', async () => {
    const creating = WorkerPool.create({
      count: 2,
      workerBin: '/nonexistent/mediasoup-worker',
      listenIp: '127.0.0.1',
      announcedAddress: undefined,
      firstPort: 0,
      clock: systemClock,
      logger: silentLogger,
    });
    await expect(creating).rejects.toThrow('ENOENT');
  });
});
