import { mkdir, rm, statfs, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '../../base/AppError.ts';
import type { RecordedFile } from '../../protocol/recordings.ts';
import type { RenderSpec } from '../../protocol/renders.ts';
import { LAYOUT } from '../../recordings/layout.ts';
import { RenderFailure, type Rendered, type RenderJob } from '../../recordings/Renderer.ts';
import { Ffmpeg, type FfmpegOptions } from '../ffmpeg.ts';
import { digestOf, publish } from '../finish/archive/durable.ts';
import { readSpeech, type Voice } from '../finish/extras/documents.ts';
import { isDiskFull } from '../finish/isDiskFull.ts';
import { archivesOf } from '../finish/plan/archivesOf.ts';
import { lengthOf, subtract, type Interval } from '../finish/tracks/intervals.ts';
import { boxOf, commandsOf, type PictureInput } from './commands.ts';
import { drawScene, type DrawnScene } from './drawScene.ts';
import { FILES, graphArgs, numbered, wholeFrames, type SoundInput } from './graph.ts';
import type { Size } from './layouts/Layout.ts';
import { layoutOf } from './layouts/layouts.ts';
import { outputOf, type Output } from './outputs.ts';
import { proveRender } from './proveRender.ts';
import { scenesOf, type Scene } from './scenes.ts';
import { readPackets } from './readPackets.ts';
import { readStory, type FilmOf } from './story.ts';

export interface RenderOptions extends FfmpegOptions {
  /** Of the recording, absolute. */
  readonly folder: string;
  readonly job: RenderJob;
  /** 0 to 1. */
  readonly onProgress: (share: number) => void;
}

/**
 * Archives and events of a recording -> one file, proved and safely on disk. It is broken off by ending
 * the process that it runs in.
 */
export const renderRecording = async (options: RenderOptions): Promise<Rendered> => {
  const { folder, job } = options;
  const { record, spec } = job;
  const kept = keptOf(record.durationMs, spec, record.gaps);
  if (kept.length === 0) throw new RenderFailure('In this stretch nothing was recorded.');
  const output = outputOf(spec);
  const bench = join(folder, LAYOUT.work, job.id);
  await rm(bench, { recursive: true, force: true });
  await mkdir(bench, { recursive: true });
  try {
    await refuseWithoutSpace(folder, kept);
    const args = [...(await prepare(options, bench, output.frame, kept)), ...output.args];
    const draft = `draft.${output.extension}`;
    await encode(options, { bench, args: [...args, draft], kept });
    await proveRender(join(bench, draft), { ...options, output, kept });
    const name = `${spec.layout}-${job.id.slice('render_'.length)}.${output.extension}`;
    const digest = await digestOf(join(bench, draft));
    await publish(join(bench, draft), join(folder, LAYOUT.files, name));
    return { file: fileOf(name, digest, output, kept, job), kept };
  } finally {
    await rm(bench, { recursive: true, force: true });
  }
};

const keptOf = (
  durationMs: number,
  { fromMs, toMs, pauses }: RenderSpec,
  gaps: RenderJob['record']['gaps'],
): Interval[] => {
  const wanted = [{ fromMs, toMs: Math.min(toMs ?? durationMs, durationMs) }];
  const cut = pauses === 'cut' ? gaps.filter(({ reason }) => reason === 'paused') : [];
  return wholeFrames(subtract(wanted, cut));
};

/** Far above what is needed of either codec. */
const MOST_BYTES_A_SECOND = 500_000;
const SPARE_BYTES = 64 * 1024 * 1024;

const refuseWithoutSpace = async (folder: string, kept: readonly Interval[]): Promise<void> => {
  const { bavail, bsize } = await statfs(folder);
  const needed = SPARE_BYTES + (lengthOf(kept) / 1000) * MOST_BYTES_A_SECOND;
  if (bavail * bsize > needed) return;
  throw new AppError('disk_full', 'Too little space is left to render this recording');
};

/** Draws what is drawn, and says how ffmpeg is to put it together. */
const prepare = async (
  { folder, job: { record, spec }, ...options }: RenderOptions,
  bench: string,
  frame: Size | undefined,
  kept: readonly Interval[],
): Promise<string[]> => {
  const { durationMs } = record;
  const inputs = await inputsOf(folder, record, spec);
  if (!frame) {
    return graphArgs({ pictures: [], sounds: inputs.sounds, frame, durationMs, kept });
  }
  const films: FilmOf[] = [];
  for (const input of inputs.pictures) {
    films.push({ ...input, timesMs: await timesIn(input, options) });
  }
  const story = await readStory(folder, record, spec, films);
  const scenes = scenesOf(story, layoutOf(spec.layout, spec.person), frame);
  const seen = inputs.pictures.filter((input) => scenes.some((scene) => boxOf(input, scene)));
  for (const [i, input] of seen.entries()) {
    const { size, place } = commandsOf(input, i, scenes, frame);
    await writeFile(join(bench, FILES.size(i)), size);
    await writeFile(join(bench, FILES.place(i)), place);
  }
  await drawAll(scenes, bench, frame);
  return graphArgs({ pictures: seen, sounds: inputs.sounds, frame, durationMs, kept });
};

/** When each picture of a track is to be seen. */
const timesIn = async (input: PictureInput, options: FfmpegOptions): Promise<number[]> => {
  const timesMs: number[] = [];
  const read = { ...options, ...input, maps: ['0:v:0'], timeLimitMs: LEAST_TIME_LIMIT_MS };
  try {
    for await (const { atMs } of readPackets(read)) timesMs.push(atMs);
  } catch (error) {
    throw damaged(error);
  }
  return timesMs;
};

/** Who speaks changes often, and then it looks as it did a moment ago. */
const DRAWINGS_KEPT = 32;

const drawAll = async (scenes: readonly Scene[], bench: string, frame: Size): Promise<void> => {
  const drawings = new Map<string, DrawnScene>();
  for (const [i, scene] of scenes.entries()) {
    const look = JSON.stringify([scene.tiles, scene.card]);
    const drawn = drawings.get(look) ?? drawScene(scene, frame);
    // At its end: what was not seen for longest goes first.
    drawings.delete(look);
    drawings.set(look, drawn);
    const [oldest] = drawings.size > DRAWINGS_KEPT ? drawings.keys() : [];
    if (oldest !== undefined) drawings.delete(oldest);
    const { behind, above } = drawn;
    for (const [pattern, picture] of [
      [FILES.behind, behind],
      [FILES.above, above],
    ] as const) {
      const path = join(bench, numbered(pattern, i));
      await writeFile(path, picture);
      await utimes(path, scene.fromMs / 1000, scene.fromMs / 1000);
    }
  }
};

const inputsOf = async (
  folder: string,
  { files }: RenderJob['record'],
  { layout, person, without, silenced }: RenderSpec,
): Promise<{ pictures: PictureInput[]; sounds: SoundInput[] }> => {
  const { voices } = await readSpeech(folder);
  const tracks = archivesOf(files)
    .filter(({ id }) => !without.includes(id))
    .map((archive) => ({
      ...archive,
      path: join(folder, LAYOUT.files, archive.name),
      readFormat: archive.container.readFormat,
    }));
  const isHeard = (id: string): boolean =>
    !silenced.some((one) => one === id) && (layout !== 'single' || id === person);
  return {
    pictures: tracks.filter(({ hasPicture }) => hasPicture),
    sounds: tracks
      .filter(({ hasSound, id }) => hasSound && isHeard(id))
      .map((track) => ({ ...track, gainDb: gainOf(track, voices) })),
  };
};

/** As loud as broadcasts are, whoever speaks; but the noise of a room is not made a storm. */
const TARGET_LUFS = -16;
const MAX_GAIN_DB = 20;

const gainOf = (
  { id, source }: Pick<PictureInput, 'id' | 'source'>,
  voices: readonly Voice[],
): number => {
  const voice = voices.find((one) => one.participantId === id && one.source === source);
  return Math.min(TARGET_LUFS - (voice?.lufs ?? TARGET_LUFS), MAX_GAIN_DB);
};

/** Encoding of a minute may take this many on a slow and busy machine. */
const TIME_LIMIT_FACTOR = 10;
const LEAST_TIME_LIMIT_MS = 300_000;
const MEMORY_LIMIT_BYTES = 3 * 1024 ** 3;

const encode = async (
  { folder, onProgress, ...options }: RenderOptions,
  { bench, args, kept }: { bench: string; args: readonly string[]; kept: readonly Interval[] },
): Promise<void> => {
  const lengthMs = lengthOf(kept);
  const timeLimitMs = Math.ceil(LEAST_TIME_LIMIT_MS + lengthMs * TIME_LIMIT_FACTOR);
  const startedAt = performance.now();
  const ffmpeg = Ffmpeg.start(options, {
    args: ['-progress', 'pipe:1', '-stats_period', '0.5', ...args],
    timeLimitMs,
    cwd: bench,
    memoryLimitBytes: MEMORY_LIMIT_BYTES,
  });
  ffmpeg.stdin.end();
  try {
    for await (const chunk of ffmpeg.stdout.setEncoding('latin1')) {
      const times = [...String(chunk).matchAll(/^out_time_us=(\d+)$/gm)];
      const done = Number(times.at(-1)?.[1] ?? 0) / 1000;
      if (done > 0) onProgress(Math.min(done / lengthMs, 1));
    }
    await ffmpeg.done;
  } catch (error) {
    await ffmpeg.kill();
    if (performance.now() - startedAt >= timeLimitMs) {
      throw new RenderFailure('It took more time than a render may take.');
    }
    if (await isDiskFull(error, folder)) throw new AppError('disk_full', 'The disk is full');
    throw damaged(error);
  }
};

const damaged = (cause: unknown): RenderFailure =>
  new RenderFailure('The tracks could not be put together: one of them may be damaged.', { cause });

const fileOf = (
  name: string,
  digest: { bytes: number; sha256: string },
  { type, frame }: Output,
  kept: readonly Interval[],
  { record, spec }: RenderJob,
): RecordedFile => {
  const person =
    spec.layout === 'single'
      ? record.people.find(({ participantId }) => participantId === spec.person)
      : undefined;
  return {
    name,
    kind: frame ? 'composite' : 'audio',
    participant: person ? { id: person.participantId, name: person.name } : null,
    source: null,
    type,
    durationMs: Math.round(lengthOf(kept)),
    ...digest,
  };
};
