import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readRecord, type RecordingRecord } from '../../server/recordings/RecordingRecord.ts';
import { startApp, type RunningApp } from '../support/startApp.ts';
import { decodeVideo } from '../support/truth/decodeVideo.ts';
import { faultsOfRender } from '../support/truth/judgeRender.ts';
import { RecordingApi } from '../support/truth/RecordingApi.ts';
import { verdictTable } from '../support/truth/verdictTable.ts';
import { judgedRender, makeRender, type JudgedRender, type RenderedCall } from './judgedRender.ts';
import { perform, type Performance } from './scriptedCall.ts';
import { SHORT } from './scripts.ts';
import { waitFor } from '../support/waitFor.ts';

let app: RunningApp;
let recordings: string;
let performance: Performance;
let record: RecordingRecord;

beforeAll(async () => {
  recordings = mkdtempSync(join(tmpdir(), 'roomtone-render-'));
  app = await startApp({ RECORDINGS_DIR: recordings, RENDER: 'automatic' });
  performance = await perform({ app, script: SHORT });
  const folder = join(recordings, performance.recording.id);
  record = readRecord(readFileSync(join(folder, 'manifest.json'), 'utf8'))!;
}, 180_000);
afterAll(async () => {
  await app.close();
  rmSync(recordings, { recursive: true, force: true });
});

const idOf = (name: string) => record.people.find((person) => person.name === name)!.participantId;

const call = (): RenderedCall => ({
  root: recordings,
  record,
  cast: performance.peers,
  taping: performance.taping,
});

/** Of everybody who is to be seen or heard there are so many flashes and beeps at the least. */
const LEAST = 5;

/** What is not as the script has it, in words, and with that all that was found. */
const faultsIn = ({ verdict, complaints }: JudgedRender): string[] => {
  const faults = [...complaints, ...faultsOfRender(verdict, { least: LEAST })];
  return faults.length === 0 ? [] : [...faults, verdictTable(verdict.archives)];
};

const trackNames = ({ verdict }: JudgedRender): string[] =>
  verdict.archives.flatMap(({ events }) => events.map(({ what }) => what)).toSorted();

const EVERYBODY = [
  'Ana camera',
  'Ana microphone',
  'Ben camera',
  'Ben microphone',
  'Cem camera',
  'Cem microphone',
];

it('of every call one video is made by itself', { timeout: 120_000 }, async () => {
  const api = new RecordingApi(app);
  const { files } = await waitFor(
    'the video',
    () => api.get(record.id),
    (recording) => recording.files.some(({ kind }) => kind === 'composite'),
    { timeoutMs: 90_000 },
  );
  const video = files.find(({ kind }) => kind === 'composite')!;
  // Somebody shared a screen.
  expect(video.name).toMatch(/^screen-.*\.mp4$/);
  const path = await api.download(video, recordings);
  const { complaints } = await decodeVideo(path);
  expect(complaints).toEqual([]);
});

it(
  'a grid has everybody in their places, every flash, and every beep',
  {
    timeout: 120_000,
  },
  async () => {
    const judged = await judgedRender(call());
    expect(faultsIn(judged)).toEqual([]);
    expect(trackNames(judged)).toEqual([...EVERYBODY, 'Cem screen'].toSorted());
    expect(judged.kept.length).toBe(2);
    // However quick the machine: the encoder tells of itself twice a second.
    const { shares } = judged;
    expect(shares).toEqual(shares.toSorted((a, b) => a - b));
    expect(shares.at(-1)).toBeGreaterThan(0.5);
    expect(shares.at(-1)).toBeLessThanOrEqual(1);
  },
);

it('a speaker, a screen and one person alone are as true', { timeout: 240_000 }, async () => {
  for (const wish of [
    { layout: 'speaker' },
    { layout: 'screen', format: 'webm' },
    { layout: 'single', person: idOf('Ana'), size: 'portrait' },
  ] as const) {
    expect(faultsIn(await judgedRender(call(), wish))).toEqual([]);
  }
});

it(
  'sound alone has every beep, but of those who are silenced or left out',
  { timeout: 120_000 },
  async () => {
    const judged = await judgedRender(call(), {
      layout: 'audio',
      silenced: [idOf('Ben')],
      without: [idOf('Cem')],
    });
    expect(judged.file.kind).toBe('audio');
    expect(faultsIn(judged)).toEqual([]);
    expect(trackNames(judged)).toEqual(['Ana microphone']);
  },
);

it(
  'marks a pause when that is wished for, and keeps to a stretch',
  { timeout: 120_000 },
  async () => {
    const { kept, file } = await makeRender(call(), {
      pauses: 'mark',
      fromMs: 5_000,
      toMs: 15_000,
    });
    expect(kept).toEqual([{ fromMs: 5_000, toMs: 15_000 }]);
    expect(file.durationMs).toBe(10_000);
  },
);
