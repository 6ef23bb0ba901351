import { voidsOf } from './b1.ts';
import { forwarding, RECEIVERS } from './forwarding.ts';
import type { FeedbackProfile } from './load/streams.ts';
import { toRow, type Row } from './measure/result.ts';
import { median } from './measure/statistics.ts';
import { cryptoLibrary } from './measure/worker.ts';

const AIMS: Record<FeedbackProfile, number> = { plain: 0.4, 'transport-cc': 0.24 };

/** The same packets per CPU second, against what the system call and the cipher alone would allow. */
export const b2 = async (): Promise<Row[]> => [await row('plain'), await row('transport-cc')];

const row = async (profile: FeedbackProfile): Promise<Row> => {
  const measured = await forwarding(profile);
  const { pairs, limits } = measured;
  const limit = median(limits.map(({ perCpuSecond }) => perCpuSecond));
  const bare = median(pairs.map((pair) => pair.bare.perCpuSecond)) / limit;
  return toRow({
    id: 'B2',
    figure: `share of the machine's limit, ${profile}`,
    unit: 'packets/CPU-s',
    ours: median(pairs.map(({ ours }) => ours.perCpuSecond)),
    yardstick: limit,
    aim: { atLeast: AIMS[profile] },
    voids: voidsOf(measured),
    notes: [
      `N = ${RECEIVERS}, ${cryptoLibrary()}, ${pairs[0]?.ours.srtpProfile}, ${profile}; a bare worker: ${bare.toFixed(2)}`,
      `sendto ${thousands(limits.map((l) => l.sendPerSecond))}: system time of Node's UDP send; ` +
        `protect ${thousands(limits.map((l) => l.protectPerSecond))}: AES-128-GCM of node:crypto ` +
        'without key set-up, a stand-in for srtp_protect',
    ],
  });
};

const thousands = (values: number[]): string => `${Math.round(median(values) / 1000)} k/s`;
