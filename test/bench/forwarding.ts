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
export const ROUNDS = 5;
/** How many void ones are made good. */
const SPARE_ROUNDS = 2;
/** Media flows for this long before it counts: code gets compiled, estimates settle. */
const SETTLE_MS = 5_000;
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

export interface Pair {
  readonly ours: Window;
  readonly bare: Window;
}

export interface Forwarding {
  /** `ROUNDS` of them, fewer when too many were void. */
  readonly pairs: readonly Pair[];
  /** Why others do not count. */
  readonly voids: readonly string[];
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
  const pairs: Pair[] = [];
  const voids: string[] = [];
  for (let round = 0; pairs.length < ROUNDS && round < ROUNDS + SPARE_ROUNDS; round += 1) {
    const pair = await measurePair(profile, round % 2 === 0 ? ['ours', 'bare'] : ['bare', 'ours']);
    const reasons = [pair.ours.void, pair.bare.void].filter((reason) => reason !== undefined);
    if (reasons.length === 0) pairs.push(pair);
    else voids.push(...reasons);
  }
  limits.push(await measureLimit());
  return { pairs, voids, limits };
};

/** Whoever goes first differs from round to round. */
const measurePair = async (
  profile: FeedbackProfile,
  order: readonly [SideName, SideName],
): Promise<Pair> => {
  const first = await measureWindow(order[0], profile);
  const second = await measureWindow(order[1], profile);
  return order[0] === 'ours' ? { ours: first, bare: second } : { ours: second, bare: first };
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
