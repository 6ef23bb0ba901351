import { afterEach, describe, expect, test } from 'vitest';
import type { Source } from '../../server/protocol/media.ts';
import type { ParticipantId } from '../../server/protocol/ids.ts';
import { Stage } from '../support/journalOfStage.ts';
import type { JournalPlan } from '../support/journalOfTruth.ts';
import { truthClip } from '../support/truth/clip.ts';

/** Stretches without media, and who tells of them. */

let stage: Stage;
afterEach(() => stage.close());

type Sent = JournalPlan['sent'];

const send = async (
  participantId: ParticipantId,
  source: Source,
  sent: Sent,
  more: Partial<JournalPlan> & { quiet?: boolean } = {},
): Promise<void> => {
  const codec = source === 'microphone' ? 'opus' : 'vp8';
  const clip = await truthClip({ n: 1, codec });
  await stage.track({ participantId, name: 'Ana', source, clip, sent, ...more });
};

describe('a gap', () => {
  test('that was wished for is a pause, and no flaw', async () => {
    stage = await Stage.create();
    const ana = stage.joins('Ana');
    const trackId = crypto.randomUUID();
    stage.note(
      { type: 'published', trackId, participantId: ana, source: 'microphone', paused: false },
      0,
    );
    const sent = [
      [0, 3_000],
      [7_000, 10_000],
    ] as const;
    await send(ana, 'microphone', sent, { trackId, quiet: true });
    stage.note({ type: 'paused' }, 3_000);
    stage.note({ type: 'resumed' }, 7_000);
    await stage.stop(10_000);
    const { gaps, health } = await stage.finish();
    expect(gaps).toEqual([{ fromMs: 3_000, toMs: 7_000, reason: 'paused' }]);
    expect(health).toMatchObject({ grade: 'green', findings: [] });
    expect(health.tracks[0]?.longestGapMs).toBeLessThan(100);
    const { audio } = await stage.decode('1-ana-audio.webm');
    expect(audio?.beeps.map(({ atMs }) => Math.floor(atMs / 1000))).toEqual([0, 1, 2, 7, 8, 9]);
    expect(audio?.gaps).toEqual([]);
  });

  test('in which a worker was replaced is told, and the same archive goes on behind it', async () => {
    stage = await Stage.create();
    const ana = stage.joins('Ana');
    const first = { reports: 'rough', jitterMs: 20 } as const;
    const second = { ...first, workerOffsetMs: -88_888_888, firstSequence: 5, firstTimestamp: 9 };
    await send(ana, 'camera', [[0, 12_000]], first);
    await send(ana, 'microphone', [[0, 12_000]], first);
    stage.note({ type: 'mediaMoved' }, 12_300);
    await send(ana, 'camera', [[14_000, 26_000]], second);
    await send(ana, 'microphone', [[13_500, 26_000]], second);
    await stage.stop(26_000);
    const { gaps, health, files } = await stage.finish();
    expect(gaps).toMatchObject([{ reason: 'media' }]);
    expect(Math.abs(gaps[0]!.fromMs - 12_050)).toBeLessThan(40);
    expect(Math.abs(gaps[0]!.toMs - 13_550)).toBeLessThan(40);
    expect(health).toMatchObject({ grade: 'amber', findings: [{ code: 'gap' }] });
    expect(files.filter(({ kind }) => kind === 'track')).toHaveLength(1);
    const { video, audio } = await stage.decode('1-ana-camera.webm');
    expect([...video!.complaints, ...audio!.complaints]).toEqual([]);
    expect(video!.frames).toHaveLength(12 * 20 + 12 * 20);
    for (const { atMs } of [...video!.flashes, ...audio!.beeps]) {
      expect(Math.abs(atMs - Math.round(atMs / 1000) * 1000)).toBeLessThan(15);
    }
    expect(audio!.beeps).toHaveLength(12 + 12);
  });

  test('in which somebody sent and nothing came is lost, in red', async () => {
    stage = await Stage.create();
    const ana = stage.joins('Ana');
    await send(ana, 'microphone', [[0, 15_000]], {
      loss: (count) => count >= 250 && count < 500,
    });
    await stage.stop(15_000);
    const { gaps, health } = await stage.finish();
    expect(gaps).toMatchObject([{ reason: 'lost' }]);
    expect(Math.abs(gaps[0]!.fromMs - 5_040)).toBeLessThan(60);
    expect(Math.abs(gaps[0]!.toMs - 10_040)).toBeLessThan(60);
    expect(health.grade).toBe('red');
    expect(health.findings.map(({ code }) => code).toSorted()).toEqual(['gap', 'loss']);
    expect(health.findings.find(({ code }) => code === 'gap')?.detail).toBe(
      'From 0:05 to 0:10 nothing was received although somebody was sending.',
    );
    expect(Math.abs(health.tracks[0]!.longestGapMs - 5_000)).toBeLessThan(60);
  });

  test('of one is none while others are heard, and a muted microphone is none', async () => {
    stage = await Stage.create();
    const [ana, ben] = [stage.joins('Ana'), stage.joins('Ben')];
    await send(ana, 'microphone', [[0, 10_000]], { loss: (count) => count > 100 && count < 300 });
    await send(ben, 'microphone', [[0, 10_000]]);
    await stage.stop(10_000);
    expect((await stage.finish()).gaps).toEqual([]);
    await stage.close();
    stage = await Stage.create();
    const cem = stage.joins('Cem');
    const sent = [
      [0, 2_000],
      [8_000, 10_000],
    ] as const;
    await send(cem, 'microphone', sent);
    await stage.stop(10_000);
    const { gaps, health } = await stage.finish();
    expect(gaps).toEqual([]);
    expect(health.grade).toBe('green');
  });

  test('of somebody who did not agree is none', async () => {
    stage = await Stage.create({ record: { consentRequired: true } });
    const [ana, ben] = [stage.joins('Ana'), stage.joins('Ben')];
    stage.note({ type: 'consent', participantId: ana, agreed: true }, 3_000);
    await send(ana, 'microphone', [[3_000, 6_000]]);
    const trackId = crypto.randomUUID();
    stage.note(
      { type: 'published', trackId, participantId: ben, source: 'microphone', paused: false },
      0,
    );
    await stage.stop(10_000);
    const { gaps, people, files } = await stage.finish();
    expect(gaps).toEqual([]);
    expect(people.map(({ consent }) => consent)).toEqual([true, false]);
    expect(files.filter(({ kind }) => kind === 'track')).toHaveLength(1);
  });
});

test('a microphone that was open and silent all the time is told', async () => {
  stage = await Stage.create();
  await send(stage.joins('Ana'), 'microphone', [[0, 12_000]], { levelDbov: () => -90 });
  await stage.stop(12_000);
  const { health } = await stage.finish();
  expect(health.findings).toMatchObject([{ code: 'silent', grade: 'amber' }]);
  expect(health.findings[0]?.detail).toBe('The microphone of Ana was open but never gave a sound.');
});
