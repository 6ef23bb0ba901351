import type { KillRun, Victim } from './killRecording.ts';
import { spreadOf } from './recovery.ts';

/** A run, or why there is none. */
export type KillResult = KillRun | { readonly victim: Victim; readonly error: string };

const HEAD = [
  'killed',
  'runs',
  'all archives play, complete',
  'lost ms, median',
  'p95',
  'max',
  'files after s, p95',
  'processes left',
];

const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

const cells = (victim: string, results: readonly KillResult[]): string[] => {
  const runs = results.filter((result): result is KillRun => !('error' in result));
  const good = runs.filter(({ faults }) => faults.length === 0);
  const lost = spreadOf(runs.map(({ lostMs }) => Math.max(...lostMs)));
  const ready = spreadOf(runs.map(({ readyMs }) => readyMs));
  return [
    victim,
    String(results.length),
    `${good.length}/${results.length}`,
    ...[lost.median, lost.p95, lost.max].map((ms) => ms.toFixed(0)),
    (ready.p95 / 1000).toFixed(1),
    String(runs.reduce((sum, { leftovers }) => sum + leftovers.length, 0)),
  ];
};

/** Markdown. `lost` is the worst track of each run. */
export const killTable = (results: readonly KillResult[]): string => {
  const byVictim = Map.groupBy(results, ({ victim }) => victim);
  const rows = [...byVictim].map(([victim, some]) => cells(victim, some));
  return [HEAD, HEAD.map(() => '---'), ...rows].map(row).join('\n');
};
