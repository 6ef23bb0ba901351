import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { POINTS } from '../chaos/voicemail/killSteps.ts';
import { VoicemailKill } from '../chaos/voicemail/VoicemailKill.ts';

/**
 * The server is killed while a message is being left: one of each kind, of the many that
 * `npm run bench -- voicemailKill` goes through.
 */
describe('a mailbox whose server is killed', { timeout: 90_000, retry: 1 }, () => {
  let world: VoicemailKill;

  beforeAll(async () => {
    world = await VoicemailKill.begin();
  }, 60_000);
  afterAll(() => world.close());

  /** So much of the end of what was said may be lost. */
  const LOSS_LIMIT_MS = 500;

  test.each([
    ['before anything was said', 'folder.made'],
    ['before two seconds of it', 'journal, gone'],
  ])('%s: nothing is left of it, on disk or in the database', async (_, name) => {
    const { faults, lostMs } = await world.strike(POINTS[name]!);
    expect(faults).toEqual([]);
    expect(lostMs).toBeUndefined();
  });

  test.each([
    ['in the middle of it', 'journal, partial'],
    ['when its files are made and its journals are gone', 'row.journalsGone'],
    ['in the transaction that delivers it', 'deliver.commit'],
  ])('%s: what was said is delivered, once, as cut short', async (_, name) => {
    const { faults, lostMs } = await world.strike(POINTS[name]!);
    expect(faults).toEqual([]);
    expect(lostMs).toBeLessThan(LOSS_LIMIT_MS);
  });

  test('as it is acknowledged: it is there, whole, and once', async () => {
    const { faults, lostMs } = await world.strike(POINTS['saved.told']!);
    expect(faults).toEqual([]);
    expect(lostMs).toBeLessThan(LOSS_LIMIT_MS);
  });
});
