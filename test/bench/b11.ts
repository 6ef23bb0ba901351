import type { DelayCalls, Delays } from './hosts/delays.ts';
import { HostProcess } from './hosts/HostProcess.ts';
import { startSide, type SideName } from './hosts/sides.ts';
import { pinningNote } from './measure/cores.ts';
import { toRow, type Row } from './measure/result.ts';
import { median, sum } from './measure/statistics.ts';
import { cryptoLibrary } from './measure/worker.ts';

const ROUNDS = 3;
const RECEIVERS = 10;
const WINDOW_MS = 5_000;
/** Where packets take longer than this with nobody in between, the machine has other work to do. */
const MAX_DIRECT_P99_MS = 10;

/** Delay that the server adds, against packets that go from client to client, and a bare worker. */
export const b11 = async (): Promise<Row[]> => {
  const found: Record<SideName | 'direct', Delays[]> = { ours: [], bare: [], direct: [] };
  const clients = await HostProcess.start<DelayCalls>('delays.ts', 'clients');
  try {
    for (let round = 0; round < ROUNDS; round += 1) {
      for (const name of ['ours', 'bare'] as const) found[name].push(await through(clients, name));
      found.direct.push(await clients.call('direct', RECEIVERS, WINDOW_MS));
    }
  } finally {
    await clients.close();
  }
  const lost = sum([...found.ours, ...found.bare].map((delays) => delays.lost));
  const of = (name: keyof typeof found, part: 'p50' | 'p99'): number =>
    median(found[name].map((delays) => delays[part]));
  const voids = lost > 0 ? [`${lost} packets were lost`] : [];
  if (of('direct', 'p99') > MAX_DIRECT_P99_MS) {
    voids.push(`the machine is busy: client to client takes ${of('direct', 'p99').toFixed(0)} ms`);
  }
  const notes = [
    `one sender, N = ${RECEIVERS}, ${found.ours[0]?.samples} packets a round, ` +
      `${cryptoLibrary()}, plain, ${pinningNote()}`,
  ];
  const row = (part: 'p50' | 'p99', than: 'direct' | 'bare', aim: { atMost?: number }): Row =>
    toRow({
      id: 'B11',
      figure: `delay ${part}, against ${than === 'direct' ? 'client to client' : 'a bare worker'}`,
      unit: 'ms',
      ours: of('ours', part),
      yardstick: of(than, part),
      aim,
      voids,
      notes,
    });
  return [
    row('p50', 'direct', {}),
    row('p99', 'direct', {}),
    row('p50', 'bare', { atMost: 1.2 }),
    row('p99', 'bare', { atMost: 1.2 }),
  ];
};

const through = async (clients: HostProcess<DelayCalls>, name: SideName): Promise<Delays> => {
  const side = await startSide(name);
  try {
    return await clients.call('through', name, side.url, RECEIVERS, WINDOW_MS);
  } finally {
    await side.host.close();
  }
};
