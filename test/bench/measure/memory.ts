import { readFileSync } from 'node:fs';

/** Proportional set size: private pages, and a share of those that several processes map. */
export const pssKiB = (pid: number): number => {
  const rollup = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
  const pss = /^Pss:\s+(\d+) kB$/m.exec(rollup)?.[1];
  if (pss === undefined) throw new Error(`No Pss of process ${pid}`);
  return Number(pss);
};
