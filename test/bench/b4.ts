import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { cpuSeconds } from './measure/cpu.ts';
import { toRow, type Row } from './measure/result.ts';
import { median, sum } from './measure/statistics.ts';
import { cryptoLibrary } from './measure/worker.ts';
import { FFMPEG, RecordedCall } from './recording.ts';

const PEOPLE = 10;
const ROUNDS = 3;
const SETTLE_MS = 3_000;
const WINDOW_MS = 10_000;

interface Costs {
  /** CPU seconds for each second of one person, Node and worker together. */
  readonly recording: number;
  readonly viewing: number;
  readonly compositing: number;
  readonly nodeShare: number;
}

/** What it costs to record somebody: against one more viewer, and against a composite of the same. */
export const b4 = async (): Promise<Row[]> => {
  const rounds: Costs[] = [];
  for (let round = 0; round < ROUNDS; round += 1) rounds.push(await measure());
  const of = (key: keyof Costs): number => median(rounds.map((costs) => costs[key]));
  const common = {
    id: 'B4',
    unit: 'CPU-s/min',
    ours: 60 * of('recording'),
  };
  const about = `${PEOPLE} people, Opus 32 kbit/s and VP8 640x360 at 500 kbit/s, ${cryptoLibrary()}`;
  return [
    toRow({
      ...common,
      figure: 'recording one person, against a viewer',
      yardstick: 60 * of('viewing'),
      ratio: median(rounds.map((costs) => costs.recording / costs.viewing)),
      aim: { atMost: 4 },
      notes: [
        about,
        `Node took ${Math.round(100 * of('nodeShare'))} % of the recording; the viewer estimates its bandwidth, as browsers do`,
      ],
    }),
    toRow({
      ...common,
      figure: 'recording one person, against a composite',
      yardstick: 60 * of('compositing'),
      ratio: median(rounds.map((costs) => costs.recording / costs.compositing)),
      aim: { atMost: 0.1 },
      notes: ['composite: the recorded file decoded, scaled to 720p, x264 veryfast and AAC'],
    }),
  ];
};

const measure = async (): Promise<Costs> => {
  const call = await RecordedCall.start(PEOPLE);
  try {
    const idle = await window(call);
    const recording = await call.start();
    const recorded = await window(call);
    const { id } = await call.stop(recording);
    const done = await call.until({ ...recording, id }, ({ state }) => state === 'ready');
    const compositing = await composite(call, done);
    await call.clients.call('receive', 1, 'transport-cc');
    const viewed = await window(call);
    const node = recorded.node - idle.node;
    const worker = recorded.worker - idle.worker;
    return {
      recording: (node + worker) / PEOPLE,
      viewing: (viewed.node + viewed.worker - idle.node - idle.worker) / PEOPLE,
      compositing,
      nodeShare: node / (node + worker),
    };
  } finally {
    await call.close();
  }
};

/** CPU seconds per second. */
const window = async ({ side }: RecordedCall): Promise<{ node: number; worker: number }> => {
  const sample = () => {
    const [node = 0, ...workers] = side.pids.map(cpuSeconds);
    return { node, worker: sum(workers), at: performance.now() / 1000 };
  };
  await delay(SETTLE_MS);
  const before = sample();
  await delay(WINDOW_MS);
  const after = sample();
  const seconds = after.at - before.at;
  return {
    node: (after.node - before.node) / seconds,
    worker: (after.worker - before.worker) / seconds,
  };
};

/** CPU seconds of encoding one person's picture and sound anew, for each of its seconds. */
const composite = async (
  call: RecordedCall,
  recording: Parameters<RecordedCall['stop']>[0],
): Promise<number> => {
  const file = recording.files.find(({ kind }) => kind === 'track');
  if (!file) throw new Error('Nobody was recorded');
  const path = join(call.folder, 'one.webm');
  writeFileSync(path, await call.download(file));
  const picture = ['-vf', 'scale=1280:720', '-c:v', 'libx264', '-preset', 'veryfast'];
  const args = ['-v', 'info', '-benchmark', '-i', path, ...picture, '-c:a', 'aac'];
  const made = spawnSync(FFMPEG, [...args, '-f', 'mp4', '-y', join(call.folder, 'one.mp4')], {
    encoding: 'utf8',
  });
  const times = /utime=([\d.]+)s stime=([\d.]+)s/.exec(made.stderr);
  if (made.status !== 0 || !times) throw new Error(`No composite: ${made.stderr}`);
  return (Number(times[1]) + Number(times[2])) / (recording.durationMs / 1000);
};
