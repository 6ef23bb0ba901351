import { forwarding, RECEIVERS, ROUNDS, type Forwarding, type Window } from './forwarding.ts';
import type { FeedbackProfile } from './load/streams.ts';
import { pinningNote } from './measure/cores.ts';
import { toRow, type Row } from './measure/result.ts';
import { median } from './measure/statistics.ts';
import { cryptoLibrary } from './measure/worker.ts';

/** Packets forwarded per CPU second, all our processes, against a worker with nothing around it. */
export const b1 = async (): Promise<Row[]> => [await row('plain'), await row('transport-cc')];

const row = async (profile: FeedbackProfile): Promise<Row> => {
  const measured = await forwarding(profile);
  const { pairs, voids } = measured;
  const ours = pairs.map((pair) => pair.ours);
  const bare = pairs.map((pair) => pair.bare);
  return toRow({
    id: 'B1',
    figure: `forwarding, ${profile}`,
    unit: 'packets/CPU-s',
    ours: median(ours.map(({ perCpuSecond }) => perCpuSecond)),
    yardstick: median(bare.map(({ perCpuSecond }) => perCpuSecond)),
    ratio: median(pairs.map((pair) => pair.ours.perCpuSecond / pair.bare.perCpuSecond)),
    aim: { atLeast: 0.95 },
    voids: voidsOf(measured),
    notes: [
      `N = ${RECEIVERS}, ${cryptoLibrary()}, ${ours[0]?.srtpProfile}, ${profile}, ${pinningNote()}`,
      `Node took ${nodeShare(ours)} % of our CPU time, the worker alone is ${workerRatio(pairs)} x bare`,
      `clients took ${Math.round(100 * Math.max(...ours.map((w) => w.clientShare)))} % of their core` +
        (voids.length > 0 ? `; ${voids.length} windows were void` : ''),
    ],
  });
};

/** Three pairs have to count, or nothing is said. */
export const voidsOf = ({ pairs, voids }: Forwarding): readonly string[] =>
  pairs.length < ROUNDS ? [`${pairs.length} pairs count of ${ROUNDS}: ${voids.join(', ')}`] : [];

const nodeShare = (windows: readonly Window[]): string =>
  median(windows.map((w) => (100 * w.nodeSeconds) / (w.nodeSeconds + w.workerSeconds))).toFixed(1);

const workerRatio = (pairs: Forwarding['pairs']): string =>
  median(
    pairs.map(
      ({ ours, bare }) => ours.packets / ours.workerSeconds / (bare.packets / bare.workerSeconds),
    ),
  ).toFixed(2);
