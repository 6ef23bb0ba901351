import { setTimeout as delay } from 'node:timers/promises';
import { cpuSeconds } from './measure/cpu.ts';
import { pssKiB } from './measure/memory.ts';
import { toRow, type Row } from './measure/result.ts';
import { sum } from './measure/statistics.ts';
import { RecordedCall } from './recording.ts';

const PEOPLE = 20;
const RECORDED_MS = 120_000;
const SAMPLE_MS = 10_000;

interface Sample {
  readonly nodeMiB: number;
  readonly p99Ms: number;
  readonly maxMs: number;
}

/** Twenty people recorded at once: does the server keep up, and does it stay as large as it is? */
export const b12 = async (): Promise<Row[]> => {
  const call = await RecordedCall.start(PEOPLE);
  try {
    const before = await observe(call);
    const recording = await call.start();
    await delay(SAMPLE_MS);
    const samples: Sample[] = [await observe(call)];
    const cpuBefore = sum(call.side.pids.map(cpuSeconds));
    const startedAt = performance.now();
    while (performance.now() - startedAt < RECORDED_MS - SAMPLE_MS) {
      await delay(SAMPLE_MS);
      samples.push(await observe(call));
    }
    const cpuShare =
      (sum(call.side.pids.map(cpuSeconds)) - cpuBefore) / ((performance.now() - startedAt) / 1000);
    await call.stop(recording);
    await call.side.host.call('loopDelay');
    const done = await call.until(recording, ({ state }) => state === 'ready');
    const finishing = await call.side.host.call('loopDelay');
    const lost = sum(done.health?.tracks.map(({ lostPackets }) => lostPackets) ?? []);
    const first = samples[0]?.nodeMiB ?? Number.NaN;
    const last = samples.at(-1)?.nodeMiB ?? Number.NaN;
    const about = `${PEOPLE} people for ${RECORDED_MS / 1000} s, ${Math.round(100 * cpuShare)} % of a core, ${lost} packets lost`;
    return [
      toRow({
        id: 'B12',
        figure: 'event-loop delay p99 while recording',
        unit: 'ms',
        ours: Math.max(...samples.map(({ p99Ms }) => p99Ms)),
        yardstick: before.p99Ms,
        aim: {},
        notes: [
          about,
          `the longest ${Math.max(...samples.map(({ maxMs }) => maxMs)).toFixed(1)} ms; ` +
            `while finishing p99 ${finishing.p99Ms.toFixed(1)}, longest ${finishing.maxMs.toFixed(1)} ms`,
          'yardstick: the same call before it was recorded',
        ],
      }),
      toRow({
        id: 'B12',
        figure: 'memory of Node at the end, against its beginning',
        unit: 'MiB',
        ours: last,
        yardstick: first,
        aim: { atMost: 1.25 },
        notes: [
          `Pss every ${SAMPLE_MS / 1000} s: ${samples.map(({ nodeMiB }) => Math.round(nodeMiB)).join(' ')}`,
          `before recording ${Math.round(before.nodeMiB)}`,
        ],
      }),
    ];
  } finally {
    await call.close();
  }
};

const observe = async ({ side }: RecordedCall): Promise<Sample> => {
  const { p99Ms, maxMs } = await side.host.call('loopDelay');
  await side.host.call('collect');
  const nodeMiB = pssKiB(side.pids[0] ?? 0) / 1024;
  await side.host.call('loopDelay');
  return { nodeMiB, p99Ms, maxMs };
};
