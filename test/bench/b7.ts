import { setTimeout as delay } from 'node:timers/promises';
import type { ClientCalls } from './hosts/clients.ts';
import { HostProcess } from './hosts/HostProcess.ts';
import { startSide, type Side, type SideName } from './hosts/sides.ts';
import { pssKiB } from './measure/memory.ts';
import { toRow, type Row } from './measure/result.ts';
import { median, sum } from './measure/statistics.ts';
import { cryptoLibrary } from './measure/worker.ts';

const ROUNDS = 3;
/** The first ones pay for pools and code that the next ones share: they are not counted. */
const ROOMS = { warmUp: 200, counted: 1_000 } as const;
const RECEIVERS = { warmUp: 30, counted: 90 } as const;
const SETTLE_MS = 1_500;

interface Memory {
  /** KiB each, Node and worker apart. */
  readonly perRoom: Held;
  readonly perReceiver: Held;
}

interface Held {
  readonly node: number;
  readonly worker: number;
}

/** Memory per idle room, and per receiver of one voice and one picture. */
export const b7 = async (): Promise<Row[]> => {
  const ours: Memory[] = [];
  const bare: Memory[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    ours.push(await measure('ours'));
    bare.push(await measure('bare'));
  }
  const notes = [`Pss after garbage collection, ${cryptoLibrary()}`];
  return [
    row('idle room with its media open', 'perRoom', 2, [
      `${ROOMS.counted} rooms without anybody against as many bare routers`,
      ...notes,
    ]),
    row('receiver', 'perReceiver', 1.2, [
      `${RECEIVERS.counted} receivers of Opus and VP8, transport-cc; ours have a socket and a ` +
        'transport to send by, too',
      ...notes,
    ]),
  ];

  function row(what: string, key: keyof Memory, atMost: number, about: string[]): Row {
    const all = (side: Memory[], part: keyof Held): number => median(side.map((m) => m[key][part]));
    const inBoth = (side: Memory[]): string =>
      `Node ${all(side, 'node').toFixed(1)} + worker ${all(side, 'worker').toFixed(1)}`;
    return toRow({
      id: 'B7',
      figure: `memory per ${what}`,
      unit: 'KiB',
      ours: median(ours.map((memory) => total(memory[key]))),
      yardstick: median(bare.map((memory) => total(memory[key]))),
      aim: { atMost },
      notes: [`ours: ${inBoth(ours)}; bare: ${inBoth(bare)}`, ...about],
    });
  }
};

const total = ({ node, worker }: Held): number => node + worker;

const measure = async (name: SideName): Promise<Memory> => ({
  perReceiver: await measureReceivers(name),
  perRoom: await measureRooms(name),
});

const measureRooms = async (name: SideName): Promise<Held> => {
  const side = await startSide(name);
  try {
    return await growth(side, ROOMS, (count) => side.host.call('openRooms', count));
  } finally {
    await side.host.close();
  }
};

const measureReceivers = async (name: SideName): Promise<Held> => {
  const side = await startSide(name);
  const clients = await HostProcess.start<ClientCalls>('clients.ts', 'clients');
  try {
    await clients.call('publish', name, side.url);
    return await growth(side, RECEIVERS, async (count) => {
      await clients.call('receive', count, 'transport-cc');
      await delay(SETTLE_MS);
    });
  } finally {
    await clients.close();
    await side.host.close();
  }
};

/** How much each of `counted` adds to what the first `warmUp` hold. */
const growth = async (
  side: Side,
  { warmUp, counted }: { warmUp: number; counted: number },
  add: (count: number) => Promise<void>,
): Promise<Held> => {
  await add(warmUp);
  const before = await held(side);
  await add(counted);
  const after = await held(side);
  return {
    node: (after.node - before.node) / counted,
    worker: (after.worker - before.worker) / counted,
  };
};

const held = async (side: Side): Promise<Held> => {
  await side.host.call('collect');
  const [node = 0, ...workers] = side.pids.map(pssKiB);
  return { node, worker: sum(workers) };
};
