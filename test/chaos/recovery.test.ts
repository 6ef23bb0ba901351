import { describe, expect, it } from 'vitest';
import { FAULTS, type FaultName } from './faults.ts';
import { recoveryTable, runRecovery, spreadOf } from './recovery.ts';

const names = Object.keys(FAULTS) as FaultName[];
const obstacles = new Map(
  await Promise.all(names.map(async (name) => [name, await FAULTS[name].whyNot()] as const)),
);

/** What each fault is followed by: the same people, still there, hearing and seeing each other. */
describe('a conference comes back by itself', { timeout: 120_000 }, () => {
  for (const name of names) {
    const obstacle = obstacles.get(name);
    const why = obstacle === undefined ? '' : ` (not run: ${obstacle})`;
    it.skipIf(why !== '')(`after this: ${FAULTS[name].what}${why}`, async () => {
      const [recovery] = await runRecovery({ runs: 1, faults: [name] });
      expect(recovery).toMatchObject({ fault: name, runs: 1 });
      expect(recovery!.mediaMs!.max).toBeGreaterThan(0);
    });
  }
});

describe('the figures', () => {
  it('are ones that were measured', () => {
    const times = [900, 100, 500, 300, 700, 200, 800, 400, 600, 1000];
    expect(spreadOf(times)).toEqual({ min: 100, median: 500, p95: 1000, max: 1000 });
    expect(spreadOf([42])).toEqual({ min: 42, median: 42, p95: 42, max: 42 });
  });

  it('say what was not run, and why', () => {
    const head = { fault: 'network', what: 'network lost', from: 'its return' } as const;
    expect(recoveryTable([{ ...head, runs: 0, notRun: 'needs root' }])).toContain(
      '| network lost | not run: needs root |',
    );
  });
});
