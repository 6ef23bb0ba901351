import { setTimeout as delay } from 'node:timers/promises';
import type { LoopDelay } from './hosts/sides.ts';
import { toRow, type Row } from './measure/result.ts';
import { RecordedCall } from './recording.ts';

const PEOPLE = 4;
const RECEIVERS = 4;
/** Long enough that its render is still under way at the end of the window. */
const RECORDED_MS = 60_000;
const WINDOW_MS = 15_000;
/** It draws first, and encodes then. */
const UNDER_WAY_MS = 3_000;

interface Window {
  readonly packetsPerS: number;
  readonly lost: number;
  readonly loop: LoopDelay;
}

/** What a call notices of a render on the same machine: all cores, nobody pinned but the clients. */
export const b13 = async (): Promise<Row[]> => {
  const call = await RecordedCall.start(PEOPLE, 'all');
  try {
    await call.clients.call('receive', RECEIVERS, 'transport-cc');
    const recording = await call.start();
    await delay(RECORDED_MS);
    await call.stop(recording);
    await call.until(recording, ({ state }) => state === 'ready');
    const before = await observe(call);
    let rendered = false;
    const render = call.render(recording, { layout: 'grid' }).then((seconds) => {
      rendered = true;
      return seconds;
    });
    await delay(UNDER_WAY_MS);
    const meanwhile = await observe(call);
    const voids = rendered ? ['the render was over before the end of the window'] : [];
    const seconds = await render;
    const windows = `${WINDOW_MS / 1000} s each, ${PEOPLE} people, ${RECEIVERS} receivers; the render took ${seconds.toFixed(1)} s`;
    return [
      toRow({
        id: 'B13',
        figure: 'packets forwarded in a second while a render runs',
        unit: '1/s',
        ours: meanwhile.packetsPerS,
        yardstick: before.packetsPerS,
        aim: { atLeast: 0.99 },
        voids,
        notes: [windows, `lost ${meanwhile.lost}; before ${before.lost}`],
      }),
      toRow({
        id: 'B13',
        figure: 'event-loop delay p99 while a render runs',
        unit: 'ms',
        ours: meanwhile.loop.p99Ms,
        yardstick: before.loop.p99Ms,
        aim: { atMost: 2 },
        voids,
        notes: [
          `p50 ${meanwhile.loop.p50Ms.toFixed(1)} against ${before.loop.p50Ms.toFixed(1)}, ` +
            `the longest ${meanwhile.loop.maxMs.toFixed(1)} against ${before.loop.maxMs.toFixed(1)} ms`,
        ],
      }),
    ];
  } finally {
    await call.close();
  }
};

const observe = async ({ clients, side }: RecordedCall): Promise<Window> => {
  await side.host.call('loopDelay');
  const first = await clients.call('counts');
  const startedAt = performance.now();
  await delay(WINDOW_MS);
  const last = await clients.call('counts');
  const seconds = (performance.now() - startedAt) / 1000;
  return {
    packetsPerS: (last.packets - first.packets) / seconds,
    lost: last.lost - first.lost,
    loop: await side.host.call('loopDelay'),
  };
};
