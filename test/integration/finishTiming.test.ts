import { afterEach, describe, expect, test } from 'vitest';
import { placeTracks } from '../../server/media/finish/surveyRecording.ts';
import { orderedPackets } from '../../server/media/finish/tracks/orderedPackets.ts';
import { scanTrack } from '../../server/media/finish/tracks/scanTrack.ts';
import { listTracks } from '../../server/media/journal/readJournal.ts';
import type { Source } from '../../server/protocol/media.ts';
import { Stage } from '../support/journalOfStage.ts';
import type { JournalPlan, SentTruth } from '../support/journalOfTruth.ts';
import { truthClip } from '../support/truth/clip.ts';

/** Where finishing puts each packet, against when it was captured. */

const HALF_HOUR_MS = 1_800_000;
const OPTIONS = { signal: new AbortController().signal, onBytes: () => undefined };

let stage: Stage;
afterEach(() => stage.close());

type Plan = Partial<Omit<JournalPlan, 'recordingId' | 'source' | 'sent'>> & {
  readonly sent: JournalPlan['sent'];
};

/** Errors in ms of a camera and a microphone of one person, in the order of sending. */
const errorsOf = async (plans: { camera?: Plan; microphone?: Plan }) => {
  stage = await Stage.create();
  const participantId = stage.joins('Ana');
  const truths = new Map<string, SentTruth[]>();
  for (const [source, plan] of Object.entries(plans) as [Source, Plan][]) {
    const codec = source === 'camera' ? 'vp8' : 'opus';
    const clip = await truthClip({ n: 1, codec });
    const sent = await stage.track({ participantId, name: 'Ana', source, clip, ...plan });
    truths.set(source, sent);
  }
  const scans = [];
  for (const track of await listTracks(stage.folder)) scans.push(await scanTrack(track, OPTIONS));
  const errors = new Map<string, { atMs: number; errorMs: number }[]>();
  const drifts = new Map<string, number | null>();
  for (const { scan, clock } of placeTracks(scans, [])) {
    const { source } = scan.track.info;
    const truth = truths.get(source)!;
    const placed = [];
    for await (const packets of orderedPackets(scan, OPTIONS)) {
      for (const packet of packets) {
        const { captureMs } = truth[packet.index - scan.firstIndex]!;
        placed.push({ atMs: captureMs, errorMs: clock.toMs(packet) - captureMs });
      }
    }
    errors.set(source, placed);
    drifts.set(source, clock.driftPpm);
  }
  return {
    camera: errors.get('camera') ?? [],
    microphone: errors.get('microphone') ?? [],
    drift: drifts.get('microphone'),
  };
};

const worst = (errors: readonly { errorMs: number }[]): number =>
  errors.reduce((most, { errorMs }) => Math.max(most, Math.abs(errorMs)), 0);

/** Sound against picture at the same moment. */
const worstSync = ({
  camera,
  microphone,
}: Record<'camera' | 'microphone', readonly { atMs: number; errorMs: number }[]>): number => {
  let most = 0;
  let at = 0;
  for (const { atMs, errorMs } of camera) {
    while ((microphone[at + 1]?.atMs ?? Infinity) <= atMs) at += 1;
    const sound = microphone[at];
    if (sound && Math.abs(sound.atMs - atMs) < 30) {
      most = Math.max(most, Math.abs(sound.errorMs - errorMs));
    }
  }
  return most;
};

describe('half an hour', () => {
  const bad = { jitterMs: 60, late: 0.01, twice: 0.01, loss: 0.01 };

  test.for([100, -100, 0])('with a clock %i ppm fast', { timeout: 60_000 }, async (skewPpm) => {
    const plan = { ...bad, skewPpm, reports: 'rough' as const };
    const found = await errorsOf({
      camera: { ...plan, sent: [[5_000, HALF_HOUR_MS]], seed: 1 },
      microphone: { ...plan, sent: [[0, HALF_HOUR_MS]], seed: 2 },
    });
    expect(found.microphone.length).toBeGreaterThan(85_000);
    expect(worst(found.camera)).toBeLessThan(10);
    expect(worst(found.microphone)).toBeLessThan(10);
    expect(worstSync(found)).toBeLessThan(10);
    expect(Math.abs(found.drift! - skewPpm)).toBeLessThan(5);
  });

  test('without a single report, from arrivals alone', { timeout: 60_000 }, async () => {
    const plan = { ...bad, skewPpm: 100, reports: 'none' as const, delayMs: 25 };
    const found = await errorsOf({
      camera: { ...plan, sent: [[5_000, HALF_HOUR_MS]], seed: 1 },
      microphone: { ...plan, sent: [[0, HALF_HOUR_MS]], seed: 2 },
    });
    // The delay itself cannot be known; it is the same for both.
    expect(worst(found.camera)).toBeLessThan(40);
    expect(worst(found.microphone)).toBeLessThan(40);
    expect(worstSync(found)).toBeLessThan(10);
    expect(Math.abs(found.drift! - 100)).toBeLessThan(10);
  });
});

describe('a minute or two', () => {
  test('with a stall of two seconds, which is a delay and no other clock', async () => {
    const plan = { jitterMs: 20, stalls: [[20_000, 22_000]] as const, reports: 'none' as const };
    const found = await errorsOf({
      camera: { ...plan, sent: [[0, 60_000]] },
      microphone: { ...plan, sent: [[0, 60_000]] },
    });
    expect(worst(found.camera)).toBeLessThan(50);
    expect(worst(found.microphone)).toBeLessThan(50);
    expect(worstSync(found)).toBeLessThan(15);
  });

  test.for([
    ['ahead', 15_000, 'none'],
    ['back', -15_000, 'none'],
    ['ahead', 15_000, 'rough'],
    ['back', -15_000, 'rough'],
    ['a second back', -1_000, 'none'],
  ] as const)('with an RTP clock set %s by %i ms, reports: %s', async ([, jumpMs, reports]) => {
    const found = await errorsOf({
      camera: { jitterMs: 20, reports, sent: [[0, 90_000]] },
      microphone: {
        jitterMs: 20,
        reports,
        jumpMs,
        sent: [
          [0, 4e4],
          [5e4, 9e4],
        ],
      },
    });
    expect(worst(found.microphone)).toBeLessThan(50);
    expect(worstSync(found)).toBeLessThan(20);
  });

  test('that begins in a stall', async () => {
    const plan = { stalls: [[0, 1_500]] as const, reports: 'none' as const };
    const found = await errorsOf({ microphone: { ...plan, jitterMs: 20, sent: [[0, 30_000]] } });
    expect(worst(found.microphone)).toBeLessThan(50);
  });

  test('of which only the first reports are there: the sender delays all its streams alike', async () => {
    const found = await errorsOf({
      camera: { jitterMs: 20, delayMs: 180, reports: 'rough', sent: [[0, 60_000]] },
      microphone: { jitterMs: 20, delayMs: 180, reports: 'rough', sent: [[50_000, 53_000]] },
    });
    expect(worst(found.camera)).toBeLessThan(10);
    expect(worst(found.microphone)).toBeLessThan(15);
  });
});
