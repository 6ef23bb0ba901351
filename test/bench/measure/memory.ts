import { readdirSync, readFileSync } from 'node:fs';
import { sum } from './statistics.ts';

/** Proportional set size: private pages, and a share of those that several processes map. */
export const pssKiB = (pid: number): number => {
  const rollup = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
  const pss = /^Pss:\s+(\d+) kB$/m.exec(rollup)?.[1];
  if (pss === undefined) throw new Error(`No Pss of process ${pid}`);
  return Number(pss);
};

const SAMPLE_MS = 200;

/** What a step comes to, and the most that processes which `pid` starts meanwhile hold together. */
export const peakOfChildren = async <T>(
  pid: number,
  step: () => Promise<T>,
): Promise<{ outcome: T; peakKiB: number }> => {
  const before = new Set(descendantsOf(pid));
  let peak = 0;
  const timer = setInterval(() => {
    const held = descendantsOf(pid)
      .filter((child) => !before.has(child))
      .map(pssIfThere);
    peak = Math.max(peak, sum(held));
  }, SAMPLE_MS);
  try {
    const outcome = await step();
    return { outcome, peakKiB: peak };
  } finally {
    clearInterval(timer);
  }
};

const descendantsOf = (pid: number): number[] => {
  const parents = new Map<number, number>();
  for (const name of readdirSync('/proc').filter((entry) => /^\d+$/.test(entry))) {
    try {
      // pid (command) state parent ...; the command may have any character in it.
      const [, parent] = readFileSync(`/proc/${name}/stat`, 'utf8')
        .replace(/^.*\) /s, '')
        .split(' ');
      parents.set(Number(name), Number(parent));
    } catch {
      // It ended while one looked.
    }
  }
  const isBelow = (child: number | undefined): boolean =>
    child !== undefined && (child === pid || isBelow(parents.get(child)));
  return [...parents.keys()].filter((child) => child !== pid && isBelow(child));
};

const pssIfThere = (pid: number): number => {
  try {
    return pssKiB(pid);
  } catch {
    return 0;
  }
};
