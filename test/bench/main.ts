// `npm run bench [-- B1 B7 ...]`: runs the benchmarks, prints the table, writes test/results/bench.json.
// `npm run bench -- recovery [runs] [fault ...]`: how long a conference takes to come back.
// `npm run bench -- truth [short | long] [clean | lossy]`: a recording against what was sent.
// `npm run bench -- renders [2 | 30] [layout ...]`: rendered videos against the script.
// `npm run bench -- alike [samples]`: is what is there told from what is not by the time of the answer?
// `npm run bench -- kill [...]`: what a recording loses when parts of the server are killed.
// `npm run bench -- voicemailKill [runs] [step ...]`: a mailbox whose server is killed at every step of a message.
import { mkdirSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';
import { b1 } from './b1.ts';
import { b15 } from './b15.ts';
import { b16 } from './b16.ts';
import { b2 } from './b2.ts';
import { b11 } from './b11.ts';
import { b12 } from './b12.ts';
import { b13 } from './b13.ts';
import { b14 } from './b14.ts';
import { b3 } from './b3.ts';
import { b4 } from './b4.ts';
import { b5 } from './b5.ts';
import { b6 } from './b6.ts';
import { b7 } from './b7.ts';
import { pinningNote } from './measure/cores.ts';
import type { Row } from './measure/result.ts';
import { formatTable } from './measure/table.ts';
import { cryptoLibrary } from './measure/worker.ts';

const benchmarks = {
  B1: b1,
  B2: b2,
  B3: b3,
  B4: b4,
  B5: b5,
  B6: b6,
  B7: b7,
  B11: b11,
  B12: b12,
  B13: b13,
  B14: b14,
  B15: b15,
  B16: b16,
} as const;
type Id = keyof typeof benchmarks;
const ids = Object.keys(benchmarks) as Id[];
const RESULTS = new URL('../results/', import.meta.url);

const chosen = (args: readonly string[]): Id[] => {
  const unknown = args.filter((arg) => !ids.includes(arg.toUpperCase() as Id));
  if (unknown.length > 0) {
    console.error(`No benchmark ${unknown.join(', ')}. There are: ${ids.join(', ')}.`);
    process.exit(2);
  }
  return args.length === 0 ? ids : args.map((arg) => arg.toUpperCase() as Id);
};

interface Outcome {
  readonly rows: Row[];
  readonly failures: Record<string, string>;
  /** Load of the machine before each: above 1 others were at work too. */
  readonly loadBefore: Record<string, number>;
}

const write = (outcome: Outcome): void => {
  const machine = {
    cpu: cpus()[0]?.model ?? 'unknown',
    cores: availableParallelism(),
    node: process.version,
    pinning: pinningNote(),
    crypto: cryptoLibrary(),
  };
  mkdirSync(RESULTS, { recursive: true });
  const text = JSON.stringify({ at: new Date().toISOString(), machine, ...outcome }, null, 2);
  writeFileSync(fileURLToPath(new URL('bench.json', RESULTS)), `${text}\n`);
};

const run = async (): Promise<void> => {
  const outcome: Outcome = { rows: [], failures: {}, loadBefore: {} };
  for (const id of chosen(process.argv.slice(2))) {
    const startedAt = performance.now();
    const [load = 0] = loadavg();
    outcome.loadBefore[id] = load;
    try {
      outcome.rows.push(...(await benchmarks[id]()));
    } catch (error) {
      outcome.failures[id] = error instanceof Error ? error.message : String(error);
      console.error(`${id} did not run:`, error);
    }
    const seconds = Math.round((performance.now() - startedAt) / 1000);
    console.log(`${id}: ${seconds} s, load ${load.toFixed(1)} before`);
  }
  write(outcome);
  console.log(`\n${formatTable(outcome.rows)}`);
  process.exit(Object.keys(outcome.failures).length > 0 ? 1 : 0);
};

/** What is measured otherwise than by ratios. */
const others: Readonly<Record<string, () => Promise<unknown>>> = {
  recovery: () => import('../chaos/main.ts'),
  truth: () => import('../recording/main.ts'),
  renders: () => import('../recording/rendersMain.ts'),
  kill: () => import('../chaos/killMain.ts'),
  voicemailKill: () => import('../chaos/voicemail/killMain.ts'),
  alike: () => import('./alike/main.ts'),
};

const other = others[process.argv[2] ?? ''];
if (other) {
  process.argv.splice(2, 1);
  await other();
} else {
  await run();
}
