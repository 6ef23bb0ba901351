import { setTimeout as delay } from 'node:timers/promises';
import type { ClientCalls } from './hosts/clients.ts';
import { HostProcess } from './hosts/HostProcess.ts';
import type { LimitCalls } from './hosts/limit.ts';
import { startSide, type Side, type SideName } from './hosts/sides.ts';
import type { SinkCalls } from './hosts/sink.ts';
import type { FeedbackProfile } from './load/streams.ts';
import { cpuSeconds } from './measure/cpu.ts';
import { sum } from './measure/statistics.ts';

export const RECEIVERS = 100;
const ROUNDS = 3;
/** Media flows for this long before it counts: code gets compiled, estimates settle. */
const SETTLE_MS = 2_000;
const WINDOW_MS = 5_000;
/** A client side busier than this may be what holds the server up. */
const MAX_CLIENT_SHARE = 0.85;

/** One window of one server. */
export interface Window {
  readonly side: SideName;
  readonly packets: number;
  readonly nodeSeconds: number;
  readonly workerSeconds: number;
  readonly perCpuSecond: number;
  readonly clientShare: number;
  readonly srtpProfile: string;
  /** Why it does not count. */
  readonly void: string | undefined;
}

/** 1 / (sendto + protect), in packets per CPU second. */
export interface Limit {
  readonly sendPerSecond: number;
  readonly protectPerSecond: number;
  readonly perCpuSecond: number;
}

export interface Forwarding {
  readonly pairs: readonly { readonly ours: Window; readonly bare: Window }[];
  readonly limits: readonly Limit[];
}

const done = new Map<FeedbackProfile, Promise<Forwarding>>();

/** Ours and bare in turn, a fresh server each time. Measured once, however many benchmarks ask. */
export const forwarding = (profile: FeedbackProfile): Promise<Forwarding> => {
  const running = done.get(profile) ?? measureForwarding(profile);
  done.set(profile, running);
  return running;
};

const measureForwarding = async (profile: FeedbackProfile): Promise<Forwarding> => {
  const limits = [await measureLimit()];
  const pairs: Forwarding['pairs'][number][] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    // Whoever goes first differs from round to round.
    if (round % 2 === 0) {
      const ours = await measureWindow('ours', profile);
      pairs.push({ ours, bare: await measureWindow('bare', profile) });
    } else {
      const bare = await measureWindow('bare', profile);
      pairs.push({ bare, ours: await measureWindow('ours', profile) });
    }
  }
  limits.push(await measureLimit());
  return { pairs, limits };
};

const measureWindow = async (name: SideName, profile: FeedbackProfile): Promise<Window> => {
  const side = await startSide(name);
  const clients = await HostProcess.start<ClientCalls>('clients.ts', 'clients');
  try {
    await clients.call('publish', name, side.url);
    await clients.call('receive', RECEIVERS, profile);
    await delay(SETTLE_MS);
    return await observe(side, clients);
  } finally {
    await clients.close();
    await side.host.close();
  }
};

const observe = async (side: Side, clients: HostProcess<ClientCalls>): Promise<Window> => {
  const sample = async () => {
    const counts = await clients.call('counts');
    const [node = 0, ...workers] = side.pids.map(cpuSeconds);
    const client = cpuSeconds(clients.pid);
    return { ...counts, node, workers: sum(workers), client, at: performance.now() };
  };
  const before = await sample();
  await delay(WINDOW_MS);
  const after = await sample();
  const packets = after.packets - before.packets;
  const nodeSeconds = after.node - before.node;
  const workerSeconds = after.workers - before.workers;
  const clientShare = (1000 * (after.client - before.client)) / (after.at - before.at);
  const missing = 1 - packets / ((after.sent - before.sent) * RECEIVERS);
  return {
    side: side.name,
    packets,
    nodeSeconds,
    workerSeconds,
    perCpuSecond: packets / (nodeSeconds + workerSeconds),
    clientShare,
    srtpProfile: after.srtpProfile,
    void: reasonToDiscard(clientShare, after.lost - before.lost, missing),
  };
};

const reasonToDiscard = (share: number, lost: number, missing: number): string | undefined => {
  if (share > MAX_CLIENT_SHARE) return `clients took ${Math.round(100 * share)} % of their core`;
  if (lost > 0) return `${lost} packets were lost`;
  // A few are always on their way when the window opens and closes.
  return missing > 0.01 ? `${(100 * missing).toFixed(1)} % of the packets are missing` : undefined;
};

const measureLimit = async (): Promise<Limit> => {
  const sink = await HostProcess.start<SinkCalls>('sink.ts', 'clients');
  const limit = await HostProcess.start<LimitCalls>('limit.ts', 'server');
  try {
    const { sendSeconds, protectSeconds } = await limit.call('measure', await sink.call('port'));
    return {
      sendPerSecond: 1 / sendSeconds,
      protectPerSecond: 1 / protectSeconds,
      perCpuSecond: 1 / (sendSeconds + protectSeconds),
    };
  } finally {
    await limit.close();
    await sink.close();
  }
};
