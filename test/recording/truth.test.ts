import { afterEach, expect, it } from 'vitest';
import { startApp, type RunningApp } from '../support/startApp.ts';
import { faultsOf } from '../support/truth/faultsOf.ts';
import { Impairment } from '../support/truth/Impairment.ts';
import { verdictTable } from '../support/truth/verdictTable.ts';
import { perform, type Performance } from './scriptedCall.ts';
import { SHORT } from './scripts.ts';

let app: RunningApp | undefined;
let impairment: Impairment | undefined;

afterEach(async () => {
  impairment?.close();
  impairment = undefined;
  await app?.close();
  app = undefined;
});

/** All that was sent while it was recorded is in the archives, at its time, and nothing else. */
const expectTruth = ({ archives }: Performance): void => {
  const verdicts = archives.map(({ verdict }) => verdict);
  const faults = verdicts.flatMap(faultsOf);
  if (faults.length > 0) expect.fail(`${faults.join('\n')}\n${verdictTable(verdicts)}`);
  // A judge that had nothing to judge would be content too.
  const musts = verdicts.flatMap(({ events }) => events.map(({ what, must }) => [what, must > 4]));
  expect(musts).toEqual([
    ['Ana camera', true],
    ['Ana microphone', true],
    ['Ben camera', true],
    ['Ben microphone', true],
    ['Cem camera', true],
    ['Cem microphone', true],
    ['Cem screen', true],
  ]);
};

it('a recorded call has every flash and every beep', { timeout: 180_000, retry: 2 }, async () => {
  app = await startApp();
  const performance = await perform({ app, script: SHORT, withBrowser: true });
  expectTruth(performance);
  const { browser, recording } = performance;
  expect(browser!.complaints).toEqual([]);
  // Its devices are files played by timers: on a busy machine one of them is held up at times.
  expect(browser!.brokenFlashes.length).toBeLessThan(3);
  expect(browser!.brokenBeeps.length).toBeLessThan(3);
  expect(browser!.flashes).toBeGreaterThan(15);
  expect(browser!.beeps).toBeGreaterThan(15);
  expect(recording.gaps.map(({ reason }) => reason)).toEqual(['paused']);
  expect(recording.health!.grade).toBe('green');
});

it(
  'with 5 % loss and 40 ms jitter it has all that arrived',
  { timeout: 180_000, retry: 2 },
  async () => {
    app = await startApp();
    impairment = await Impairment.create({ seed: 7, loss: 0.05, jitterMs: 40 });
    expectTruth(await perform({ app, script: SHORT, impairment }));
    expect(impairment.counts.lost).toBeGreaterThan(100);
  },
);
