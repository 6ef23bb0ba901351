import { spreadOf } from '../recovery.ts';
import type { VoicemailKillRun } from './VoicemailKill.ts';

export type VoicemailKillResult = { readonly step: string } & (
  VoicemailKillRun | { readonly error: string }
);

const HEAD = [
  'killed while',
  'runs',
  'as it should be',
  'kept',
  'lost ms, median',
  'p95',
  'max',
  'settled after s, p95',
];

const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

const cells = (step: string, results: readonly VoicemailKillResult[]): string[] => {
  const runs = results.flatMap((result) => ('error' in result ? [] : [result]));
  const good = runs.filter(({ faults }) => faults.length === 0);
  const kept = runs.flatMap(({ lostMs }) => (lostMs === undefined ? [] : [lostMs]));
  const lost = spreadOf(kept);
  return [
    step,
    String(results.length),
    `${good.length}/${results.length}`,
    String(kept.length),
    ...[lost.median, lost.p95, lost.max].map((ms) => (kept.length > 0 ? ms.toFixed(0) : '-')),
    (spreadOf(runs.map(({ settledMs }) => settledMs)).p95 / 1000).toFixed(1),
  ];
};

/** Markdown. */
export const voicemailKillTable = (results: readonly VoicemailKillResult[]): string => {
  const bySteps = Map.groupBy(results, ({ step }) => step);
  const rows = [...bySteps].map(([step, some]) => cells(step, some));
  return [HEAD, HEAD.map(() => '---'), ...rows].map(row).join('\n');
};
