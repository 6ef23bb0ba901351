import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Finished } from '../../server/recordings/Finisher.ts';
import type { RecordedFile } from '../../server/protocol/recordings.ts';
import { LAYOUT } from '../../server/recordings/layout.ts';
import { Stage } from '../support/journalOfStage.ts';
import { truthClip } from '../support/truth/clip.ts';
import type { Decoded } from '../support/truth/decodeRecording.ts';
import { isCorrupt } from '../support/truth/decodeVideo.ts';

/**
 * A recording of 40 s: Ana from its beginning, her camera off for 20 s and her clock 100 ppm fast; Ben
 * comes late, loses packets, and shares a screen. Sequence numbers and RTP times begin anew.
 */
const LENGTH_MS = 40_000;
const ANA_ZERO_MS = 150;
const BEN_ZERO_MS = 12_400;
/** libopus answers this late. */
const OPUS_DELAY_MS = 6.5;
/** What the packets' own times are good for, the reports being rough. */
const opus = (n: number) => truthClip({ n, codec: 'opus' });
const vp8 = (n: number) => truthClip({ n, codec: 'vp8' });

const PLACE_MS = 15;

let stage: Stage;
let finished: Finished;

beforeAll(async () => {
  stage = await Stage.create({ record: { consentRequired: true } });
  const [ana, ben] = [stage.joins('Ana Ünal'), stage.joins('李 Ben', 12_000)];
  const rough = { jitterMs: 30, late: 0.01, twice: 0.01, reports: 'rough' as const };
  const voice = { levelDbov: (ms: number) => (ms % 2000 < 500 ? -25 : -90), ...rough };
  for (const participantId of [ana, ben]) stage.note({ type: 'told', participantId }, 12_001);
  stage.note({ type: 'consent', participantId: ana, agreed: true }, 20);
  stage.note({ type: 'consent', participantId: ben, agreed: true }, 12_050);
  await stage.track({
    participantId: ana,
    name: 'Ana Ünal',
    source: 'camera',
    clip: await vp8(1),
    ...rough,
    zeroMs: ANA_ZERO_MS,
    skewPpm: 100,
    seed: 1,
    sent: [
      [0, 10100],
      [30100, LENGTH_MS],
    ],
  });
  await stage.track({
    participantId: ana,
    name: 'Ana Ünal',
    source: 'microphone',
    clip: await opus(1),
    ...voice,
    zeroMs: ANA_ZERO_MS,
    skewPpm: 100,
    seed: 2,
    sent: [[-30, LENGTH_MS + 200]],
  });
  await stage.track({
    participantId: ben,
    name: '李 Ben',
    source: 'camera',
    clip: await vp8(2),
    ...rough,
    zeroMs: BEN_ZERO_MS,
    seed: 3,
    sent: [[BEN_ZERO_MS, LENGTH_MS]],
    loss: (count: number) => count === 400 || count === 403,
  });
  await stage.track({
    participantId: ben,
    name: '李 Ben',
    source: 'microphone',
    clip: await opus(2),
    ...rough,
    zeroMs: BEN_ZERO_MS,
    seed: 4,
    sent: [[BEN_ZERO_MS, LENGTH_MS]],
    loss: 0.03,
  });
  await stage.track({
    participantId: ben,
    name: '李 Ben',
    source: 'screen',
    clip: await vp8(12),
    ...rough,
    zeroMs: BEN_ZERO_MS,
    seed: 5,
    sent: [[20400, 30400]],
    reports: 'none',
  });
  await stage.stop(LENGTH_MS);
  finished = await stage.finish();
}, 120_000);

afterAll(() => stage?.close());

const named = (name: string): RecordedFile => {
  const file = finished.files.find((candidate) => candidate.name === name);
  if (!file) throw new Error(`no ${name} in ${finished.files.map((each) => each.name).join(' ')}`);
  return file;
};

/** Times of the flashes and beeps of `n` against those that were sent, ms. */
const errorsOf = (
  { video, audio }: Decoded,
  { n, zeroMs, skewPpm = 0 }: { n: number; zeroMs: number; skewPpm?: number },
): { flashes: number[]; beeps: number[]; sync: number[] } => {
  const error = (atMs: number): number => {
    const clipMs = (atMs - zeroMs) * (1 + skewPpm / 1e6);
    return clipMs - Math.round(clipMs / 1000) * 1000;
  };
  // One that begins after a pause or a loss may have lost its first picture.
  const flashes = (video?.flashes ?? []).filter((flash) => flash.n === n && flash.lengthMs < 110);
  const beeps = (audio?.beeps ?? []).filter((beep) => beep.n === n && beep.lengthMs > 90);
  return {
    flashes: flashes.map(({ atMs }) => error(atMs)),
    beeps: beeps.map(({ atMs }) => error(atMs - OPUS_DELAY_MS)),
    sync: flashes.flatMap(({ atMs }) => {
      const beep = beeps.find((candidate) => Math.abs(candidate.atMs - atMs) < 400);
      return beep ? [beep.atMs - OPUS_DELAY_MS - atMs] : [];
    }),
  };
};

const worst = (errors: readonly number[]): number => Math.max(...errors.map(Math.abs));

describe('archives', () => {
  test('one of camera and microphone, one of the screen, for each person', () => {
    expect(finished.files.filter(({ kind }) => kind === 'track')).toMatchObject([
      { name: '1-ana-unal-camera.webm', source: 'camera', participant: { name: 'Ana Ünal' } },
      { name: '2-ben-camera.webm', source: 'camera', participant: { name: '李 Ben' } },
      { name: '2-ben-screen.webm', source: 'screen', participant: { name: '李 Ben' } },
    ]);
    expect(named('1-ana-unal-camera.webm').type).toBe('video/webm; codecs="vp8, opus"');
    expect(stage.news.files).toEqual(finished.files);
    expect(stage.news.shares.at(-1)).toBe(1);
    expect(stage.news.shares).toEqual(stage.news.shares.toSorted((a, b) => a - b));
  });

  test('every flash and beep in its place, from zero on, with a clock 100 ppm fast', async () => {
    const decoded = await stage.decode('1-ana-unal-camera.webm');
    expect(decoded.video?.complaints).toEqual([]);
    expect(decoded.audio?.complaints).toEqual([]);
    const errors = errorsOf(decoded, { n: 1, zeroMs: ANA_ZERO_MS, skewPpm: 100 });
    expect(errors.beeps).toHaveLength(40);
    // From 10.1 s to 30.1 s there is none.
    expect(errors.flashes).toHaveLength(20);
    expect(worst(errors.flashes)).toBeLessThan(PLACE_MS);
    expect(worst(errors.beeps)).toBeLessThan(PLACE_MS);
    expect(errors.sync).toHaveLength(20);
    expect(worst(errors.sync)).toBeLessThan(PLACE_MS);
    expect(decoded.video?.frames.filter(isCorrupt)).toEqual([]);
    expect(decoded.audio).toMatchObject({ startMs: 0, gaps: [], noises: [] });
    expect(Math.abs((decoded.audio?.endMs ?? 0) - LENGTH_MS)).toBeLessThan(25);
  });

  test('a late comer is silent until then, and what was lost is silent for just as long', async () => {
    const { video, audio } = await stage.decode('2-ben-camera.webm');
    expect([...(video?.complaints ?? []), ...(audio?.complaints ?? [])]).toEqual([]);
    const errors = errorsOf({ video, audio }, { n: 2, zeroMs: BEN_ZERO_MS });
    expect(worst(errors.flashes)).toBeLessThan(PLACE_MS);
    expect(worst(errors.beeps)).toBeLessThan(PLACE_MS);
    expect(audio).toMatchObject({ startMs: 0, gaps: [] });
    expect(audio?.beeps[0]?.atMs).toBeGreaterThan(BEN_ZERO_MS);
    // 28 were sent; of some a packet was lost.
    expect(audio!.beeps.length + audio!.noises.length).toBeGreaterThanOrEqual(27);
    expect(video?.frames.filter(isCorrupt)).toEqual([]);
  });

  test('pictures that miss a packet are left out up to the next key picture, and counted', async () => {
    const { video } = await stage.decode('2-ben-camera.webm');
    const frames = video?.frames ?? [];
    const steps = frames.slice(1).map(({ atMs }, i) => atMs - (frames[i]?.atMs ?? 0));
    expect(steps.filter((step) => step > 60)).toHaveLength(1);
    expect(Math.max(...steps)).toBeLessThanOrEqual(1050);
    const finding = finished.health.findings.find(({ code }) => code === 'damaged');
    const sent = 20 * 27.6;
    expect(finding?.detail).toContain(
      `${sent - frames.length} pictures of 李 Ben could not be put together`,
    );
  });

  test('a stream without any report follows its sender, whose others have some', async () => {
    const decoded = await stage.decode('2-ben-screen.webm');
    const errors = errorsOf(decoded, { n: 12, zeroMs: BEN_ZERO_MS });
    expect(errors.flashes.length).toBeGreaterThanOrEqual(9);
    expect(worst(errors.flashes)).toBeLessThan(25);
    expect(decoded.audio).toMatchObject({ startMs: 0, gaps: [], beeps: [], noises: [] });
    expect(Math.abs((decoded.audio?.endMs ?? 0) - LENGTH_MS)).toBeLessThan(25);
  });

  test('are safe before the journals go, and the events stay', async () => {
    const names = await readdir(stage.folder);
    expect(names.toSorted()).toEqual(['events.ndjson', 'files', 'finished.json']);
    const files = await readdir(join(stage.folder, LAYOUT.files));
    expect(files.toSorted()).toEqual(finished.files.map(({ name }) => name).toSorted());
    for (const { name, bytes, sha256 } of finished.files) {
      const data = await readFile(stage.file(name));
      expect(data.length).toBe(bytes);
      expect(createHash('sha256').update(data).digest('hex')).toBe(sha256);
    }
  });
});

describe('extras', () => {
  test.for([
    ['recording.m4a', 'audio/mp4; codecs="mp4a.40.2"'],
    ['recording.mp3', 'audio/mpeg'],
    ['recording.ogg', 'audio/ogg; codecs="opus"'],
  ] as const)('%s has the sound of everybody', async ([name, type]) => {
    const { audio, video } = await stage.decode(name);
    expect(named(name)).toMatchObject({ kind: 'audio', type, participant: null, source: null });
    expect(video).toBeNull();
    expect(audio?.complaints).toEqual([]);
    const heard = (n: number) => audio?.beeps.filter((beep) => beep.n === n).length;
    expect(heard(1)).toBeGreaterThanOrEqual(39);
    expect(heard(2)).toBeGreaterThanOrEqual(24);
    const first = audio?.beeps[0]?.atMs ?? 0;
    expect(Math.abs(first - ANA_ZERO_MS)).toBeLessThan(60);
    expect(Math.abs((audio?.endMs ?? 0) - LENGTH_MS)).toBeLessThan(100);
  });

  test('the waveform has a peak at each beep, in the shape that players know', async () => {
    const peaks = JSON.parse(await readFile(stage.file('peaks.json'), 'utf8'));
    expect(peaks).toMatchObject({ version: 2, channels: 1, sample_rate: 8000, bits: 8 });
    expect(peaks.length).toBe(peaks.data.length / 2);
    const pointMs = (peaks.samples_per_pixel * 1000) / peaks.sample_rate;
    expect(Math.abs(peaks.length * pointMs - LENGTH_MS)).toBeLessThan(100);
    const loudAt = (ms: number): number => peaks.data[2 * Math.floor(ms / pointMs) + 1];
    expect(loudAt(ANA_ZERO_MS + 5050)).toBeGreaterThan(20);
    expect(loudAt(ANA_ZERO_MS + 5650)).toBeLessThan(5);
    expect(loudAt(BEN_ZERO_MS + 5050)).toBeGreaterThan(20);
  });

  test('the poster is a picture, and who spoke when comes from the loudness of packets', async () => {
    const poster = await readFile(stage.file('poster.jpg'));
    expect(poster.subarray(0, 3)).toEqual(Buffer.from([0xff, 0xd8, 0xff]));
    const { speakers } = JSON.parse(await readFile(stage.file('speakers.json'), 'utf8'));
    expect(speakers).toMatchObject([{ name: 'Ana Ünal' }, { name: '李 Ben', turns: [] }]);
    expect(speakers[0].turns).toHaveLength(20);
    const { fromMs, toMs } = speakers[0].turns[4];
    expect(Math.abs(fromMs - 8_040)).toBeLessThan(60);
    expect(Math.abs(toMs - 8_540)).toBeLessThan(60);
  });

  test('who was told and who agreed is kept, in time', async () => {
    const consent = JSON.parse(await readFile(stage.file('consent.json'), 'utf8'));
    expect(consent.consentRequired).toBe(true);
    expect(consent.told).toHaveLength(2);
    expect(consent.answers).toMatchObject([
      { name: 'Ana Ünal', agreed: true, at: '2026-01-02T03:04:05.020Z' },
      { name: '李 Ben', agreed: true, at: '2026-01-02T03:04:17.050Z' },
    ]);
    expect(finished.people).toMatchObject([
      { name: 'Ana Ünal', consent: true, stays: [{ fromMs: 0, toMs: LENGTH_MS }] },
      { name: '李 Ben', consent: true, stays: [{ fromMs: 12_000, toMs: LENGTH_MS }] },
    ]);
  });

  test('all but the list itself stand in the list of checksums', async () => {
    const { files } = JSON.parse(await readFile(stage.file('checksums.json'), 'utf8'));
    expect(files).toEqual(finished.files.filter(({ name }) => name !== 'checksums.json'));
  });
});

describe('health', () => {
  test('tells loss and damage and no more', () => {
    const { grade, findings } = finished.health;
    expect(grade).toBe('amber');
    expect(findings.map(({ code }) => code).toSorted()).toEqual(['damaged', 'loss']);
    expect(finished.gaps).toEqual([]);
  });

  test('counts packets of each track, and measures the clock of who was there for long enough', () => {
    const { tracks } = finished.health;
    expect(tracks).toHaveLength(5);
    const ben = tracks.find(({ source, lostPackets }) => source === 'microphone' && lostPackets);
    expect(ben!.lostPackets / (ben!.packets + ben!.lostPackets)).toBeCloseTo(0.03, 1);
    const camera = tracks.filter(({ source }) => source === 'camera');
    expect(camera.map(({ lostPackets }) => lostPackets)).toEqual([0, 2]);
    expect(tracks.every(({ longestGapMs }) => longestGapMs < 600)).toBe(true);
  });
});

test('a server that died before it had written the outcome down gets it again', async () => {
  expect(existsSync(join(stage.folder, LAYOUT.journals))).toBe(false);
  expect(await stage.finish()).toEqual(finished);
});
