import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { findSetpriv } from '../../server/media/ffmpeg.ts';
import { layoutOf } from '../../server/media/render/layouts/layouts.ts';
import { outputOf } from '../../server/media/render/outputs.ts';
import { RenderProcess } from '../../server/media/render/RenderProcess.ts';
import { scenesOf } from '../../server/media/render/scenes.ts';
import { readStory } from '../../server/media/render/story.ts';
import { newId } from '../../server/protocol/ids.ts';
import type { RenderSpec } from '../../server/protocol/renders.ts';
import { readRecord, type RecordingRecord } from '../../server/recordings/RecordingRecord.ts';
import { startApp, type RunningApp } from '../support/startApp.ts';
import { decodeMix, decodeTiles } from '../support/truth/decodeRender.ts';
import { judgeArchive } from '../support/truth/judge.ts';
import { decodeVideo } from '../support/truth/decodeVideo.ts';
import { RecordingApi } from '../support/truth/RecordingApi.ts';
import { verdictTable } from '../support/truth/verdictTable.ts';
import { perform, type Performance } from './scriptedCall.ts';
import { SHORT } from './scripts.ts';
import { waitFor } from '../support/waitFor.ts';

let app: RunningApp;
let recordings: string;
let performance: Performance;
let record: RecordingRecord;
let renderer: RenderProcess;

beforeAll(async () => {
  recordings = mkdtempSync(join(tmpdir(), 'roomtone-render-'));
  app = await startApp({ RECORDINGS_DIR: recordings, RENDER: 'automatic' });
  performance = await perform({ app, script: SHORT });
  const folder = join(recordings, performance.recording.id);
  record = readRecord(readFileSync(join(folder, 'manifest.json'), 'utf8'))!;
  const ffmpegBin = process.env['FFMPEG_BIN'] ?? 'ffmpeg';
  const setprivBin = await findSetpriv();
  renderer = new RenderProcess({ folder: recordings, ffmpegBin, setprivBin });
}, 180_000);
afterAll(async () => {
  await app.close();
  rmSync(recordings, { recursive: true, force: true });
});

const SPEC: RenderSpec = {
  layout: 'grid',
  person: null,
  without: [],
  silenced: [],
  fromMs: 0,
  toMs: null,
  size: '720p',
  format: 'mp4',
  pauses: 'cut',
};

const idOf = (name: string) => record.people.find((person) => person.name === name)!.participantId;

const render = async (wish: Partial<RenderSpec>) => {
  const spec = { ...SPEC, ...wish };
  const shares: number[] = [];
  const { file, kept } = await renderer.render(
    { id: newId('render'), record, spec },
    { signal: new AbortController().signal, onProgress: (share) => shares.push(share) },
  );
  const folder = join(recordings, record.id);
  return { path: join(folder, 'files', file.name), folder, file, kept, spec, shares };
};

/** Every flash in its tile and every beep, at its time, compared with what was sent. */
const judge = async (wish: Partial<RenderSpec>) => {
  const made = await render(wish);
  const { path, folder, kept, spec } = made;
  const { frame } = outputOf(spec);
  const story = await readStory(folder, record, spec);
  const scenes = frame ? scenesOf(story, layoutOf(spec.layout, spec.person), frame) : [];
  const seen = frame
    ? await decodeTiles(path, { frame, scenes, kept })
    : { tiles: [], complaints: [] };
  const audio = await decodeMix(path, kept);
  expect(seen.complaints).toEqual([]);
  const verdicts = performance.peers.flatMap((peer) => {
    const id = record.people.find(({ name }) => name === peer.name)?.participantId;
    return (['camera', 'screen'] as const).flatMap((source) => {
      const tile = seen.tiles.find((one) => one.id === id && one.source === source);
      if (!tile && (source === 'screen' || frame)) return [];
      const n = peer.n;
      const beeps = audio.beeps.filter((beep) => beep.n === n);
      const decoded = { video: tile?.seen ?? null, audio: { ...audio, beeps } };
      return [judgeArchive({ peer, source, decoded, taping: performance.taping })];
    });
  });
  return { ...made, verdicts };
};

/** What is not as it was sent, in words; `what`: all that has to be there. */
const faultsIn = (
  { verdicts }: Awaited<ReturnType<typeof judge>>,
  what: readonly string[],
): string[] => {
  const events = verdicts.flatMap((verdict) => verdict.events);
  const faults = what.flatMap((wanted) => {
    const event = events.find((one) => one.what === wanted);
    if (!event || event.must < 5) return `${wanted}: not there`;
    const { missing, extra, errors } = event;
    return [
      ...missing.map((second) => `${wanted}: missing of second ${second}`),
      ...extra.map((atMs) => `${wanted}: extra at ${atMs}`),
      ...(errors.maxMs > 60 ? [`${wanted}: ${errors.maxMs} ms away`] : []),
    ];
  });
  const apart = verdicts.flatMap(({ sync }) =>
    sync && sync.maxMs > 40 ? `sound ${sync.maxMs} ms from the picture` : [],
  );
  const all = [...faults, ...apart];
  return all.length === 0 ? [] : [...all, verdictTable(verdicts)];
};

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

it('a grid has every flash in its tile, and every beep', { timeout: 120_000 }, async () => {
  const judged = await judge({ layout: 'grid' });
  expect(faultsIn(judged, [...EVERYBODY, 'Cem screen'])).toEqual([]);
  expect(judged.kept.length).toBe(2);
  expect(judged.shares.at(-1)).toBeGreaterThan(0.9);
});

it('a speaker, a screen and one person alone are as true', { timeout: 240_000 }, async () => {
  const speaker = await judge({ layout: 'speaker' });
  expect(faultsIn(speaker, EVERYBODY)).toEqual([]);
  const screen = await judge({ layout: 'screen', format: 'webm' });
  expect(faultsIn(screen, [...EVERYBODY, 'Cem screen'])).toEqual([]);
  const alone = await judge({ layout: 'single', person: idOf('Ana'), size: 'portrait' });
  expect(faultsIn(alone, ['Ana camera', 'Ana microphone'])).toEqual([]);
});

it(
  'sound alone has every beep, but of those who are silenced or left out',
  { timeout: 120_000 },
  async () => {
    const { verdicts, file } = await judge({
      layout: 'audio',
      silenced: [idOf('Ben')],
      without: [idOf('Cem')],
    });
    expect(file.kind).toBe('audio');
    const found = verdicts
      .flatMap(({ events }) => events)
      .map(({ what, found: count }) => [what, count > 4]);
    expect(found.filter(([what]) => String(what).endsWith('microphone'))).toEqual([
      ['Ana microphone', true],
      ['Ben microphone', false],
      ['Cem microphone', false],
    ]);
  },
);

it(
  'marks a pause when that is wished for, and keeps to a stretch',
  { timeout: 120_000 },
  async () => {
    const { kept, file } = await render({ pauses: 'mark', fromMs: 5_000, toMs: 15_000 });
    expect(kept).toEqual([{ fromMs: 5_000, toMs: 15_000 }]);
    expect(file.durationMs).toBe(10_000);
  },
);
