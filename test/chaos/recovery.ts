import { FAULTS, type Fault, type FaultName, type Scene } from './faults.ts';

/** Milliseconds over all runs. */
export interface Spread {
  readonly min: number;
  readonly median: number;
  readonly p95: number;
  readonly max: number;
}

export interface Recovery {
  readonly fault: FaultName;
  readonly what: string;
  /** From when the time runs. */
  readonly from: string;
  readonly runs: number;
  /** Set when the fault cannot be made here: then there are no figures. */
  readonly notRun?: string;
  /** Until everybody hears and sees everybody. */
  readonly mediaMs?: Spread;
  /** Until everybody hears of the server. */
  readonly lineMs?: Spread;
}

export interface RecoveryOptions {
  /** How often each fault strikes. */
  readonly runs: number;
  /** Default: all of them. */
  readonly faults?: readonly FaultName[];
  readonly onRun?: (fault: FaultName, run: number, times: Times) => void;
}

export interface Times {
  readonly mediaMs: number;
  readonly lineMs: number;
}

/**
 * Lets each fault strike a meeting of three browsers and measures how long it takes until media
 * flows between every two of them. Rejects when it does not come back, or when anybody is seen to
 * leave, is there twice, or has to load the page anew.
 */
export const runRecovery = async ({
  runs,
  faults,
  onRun,
}: RecoveryOptions): Promise<Recovery[]> => {
  const names = faults ?? (Object.keys(FAULTS) as FaultName[]);
  const results: Recovery[] = [];
  for (const name of names) {
    const fault = FAULTS[name];
    const head = { fault: name, what: fault.what, from: fault.from };
    const notRun = await fault.whyNot();
    if (notRun !== undefined) {
      results.push({ ...head, runs: 0, notRun });
      continue;
    }
    const times = await strikeOften(fault, runs, (run, time) => onRun?.(name, run, time));
    results.push({
      ...head,
      runs,
      mediaMs: spreadOf(times.map(({ mediaMs }) => mediaMs)),
      lineMs: spreadOf(times.map(({ lineMs }) => lineMs)),
    });
  }
  return results;
};

const strikeOften = async (
  fault: Fault,
  runs: number,
  onRun: (run: number, times: Times) => void,
): Promise<Times[]> => {
  const times: Times[] = [];
  let scene = await fault.stage();
  try {
    for (let run = 1; run <= runs; run++) {
      if (fault.onceOnly && run > 1) {
        await scene.close();
        scene = await fault.stage();
      }
      const time = await strikeOnce(fault, scene);
      times.push(time);
      onRun(run, time);
    }
    return times;
  } finally {
    await scene.close();
  }
};

const strikeOnce = async (fault: Fault, { meeting, strike }: Scene): Promise<Times> => {
  await meeting.settles();
  const before = await meeting.connections();
  const since = await strike();
  const { mediaAt, lineAt } = await meeting.returns({ since, anew: fault.anew, before });
  await meeting.nothingElseHappened();
  return { mediaMs: mediaAt - since, lineMs: lineAt - since };
};

/** Nearest rank: every figure is one that was measured. */
export const spreadOf = (values: readonly number[]): Spread => {
  const sorted = values.toSorted((a, b) => a - b);
  const rank = (share: number): number => sorted[Math.ceil(share * sorted.length) - 1] ?? NaN;
  return { min: sorted[0] ?? NaN, median: rank(0.5), p95: rank(0.95), max: sorted.at(-1) ?? NaN };
};

const seconds = (ms: number): string => (ms / 1000).toFixed(2);
const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

/** Markdown. */
export const recoveryTable = (results: readonly Recovery[]): string => {
  const head = [
    'fault',
    'seconds from',
    'runs',
    'min',
    'median',
    'p95',
    'max',
    'server heard, p95',
  ];
  const rows = results.map(({ what, from, runs, notRun, mediaMs, lineMs }) => {
    if (!mediaMs || !lineMs) return [what, `not run: ${notRun ?? 'no figures'}`];
    const { min, median, p95, max } = mediaMs;
    return [what, from, String(runs), ...[min, median, p95, max, lineMs.p95].map(seconds)];
  });
  return [head, head.map(() => '---'), ...rows].map(row).join('\n');
};
