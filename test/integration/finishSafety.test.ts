import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { readdir, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { FinishingThread } from '../../server/media/finish/FinishingThread.ts';
import { listTracks } from '../../server/media/journal/readJournal.ts';
import { LAYOUT } from '../../server/recordings/layout.ts';
import { Stage, type StageOptions } from '../support/journalOfStage.ts';
import { openFiles } from '../support/openFiles.ts';
import { ffmpegBin, truthClip } from '../support/truth/clip.ts';
import { waitFor } from '../support/waitFor.ts';

/** What happens to a recording when finishing it goes wrong. */

let stage: Stage;
afterEach(() => stage.close());

const record = async (seconds: number, options: StageOptions = {}): Promise<void> => {
  stage = await Stage.create(options);
  const participantId = stage.joins('Ana');
  const base = { participantId, name: 'Ana', sent: [[0, seconds * 1000]] as const };
  const [vp8, opus] = [{ n: 1, codec: 'vp8' } as const, { n: 1, codec: 'opus' } as const];
  await stage.track({ ...base, source: 'camera', clip: await truthClip(vp8) });
  await stage.track({ ...base, source: 'microphone', clip: await truthClip(opus) });
  await stage.stop(seconds * 1000);
};

/** Processes at work in the recording's folder. */
const atWork = (): string[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((pid) => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
      } catch {
        return '';
      }
    })
    .filter((line) => line.includes(stage.folder) && line.includes('ffmpeg'));

/** Resolves when an ffmpeg with this word among its arguments is at work. */
const ffmpegDoes = (word: string, finishing?: Promise<unknown>): Promise<unknown> => {
  const seen = waitFor(
    `ffmpeg does its ${word}`,
    () => atWork(),
    (lines) => lines.some((line) => line.includes(word)),
    { everyMs: 1, timeoutMs: 60_000 },
  );
  const missed = finishing?.then(() => {
    throw new Error(`it was done before ffmpeg was seen at its ${word}`);
  });
  return Promise.race(missed ? [seen, missed] : [seen]);
};

const journals = async (): Promise<number> =>
  (await listTracks(stage.folder)).reduce((sum, { bytes }) => sum + bytes, 0);

/** Names and sizes of all files. */
const contents = (): string[] =>
  readdirSync(stage.folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
    .map((path) => `${path} ${readFileSync(path).length}`)
    .toSorted();

const expectWhole = async (seconds: number): Promise<void> => {
  const { video, audio } = await stage.decode('1-ana-camera.webm');
  expect([...video!.complaints, ...audio!.complaints]).toEqual([]);
  expect(video?.frames).toHaveLength(seconds * 20);
  expect(audio?.beeps).toHaveLength(seconds);
};

/** What stands in for ffmpeg in a folder of its own: lines of a shell. */
const fakeFfmpeg = (lines: string): string => {
  const folder = mkdtempSync(join(tmpdir(), 'roomtone-fake-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const path = join(folder, 'ffmpeg');
  writeFileSync(path, `#!/bin/sh\n${lines}\n`, { mode: 0o755 });
  return path;
};

/** One whose every task takes long enough to be seen at it. */
const slowFfmpeg = (): string => fakeFfmpeg(`sleep 0.5; exec ${ffmpegBin()} "$@"`);

describe('broken off', () => {
  test.for(['nothing', 'copy', 'framehash', 'amix'])(
    'while ffmpeg does its %s, it leaves nothing at work',
    async (moment) => {
      await record(20, { ffmpegBin: slowFfmpeg() });
      const before = await journals();
      const finishing = stage.finish();
      finishing.catch(() => undefined);
      if (moment !== 'nothing') await ffmpegDoes(moment, finishing);
      await stage.finisher.cancel(stage.record.id);
      await expect(finishing).rejects.toMatchObject({ code: 'unavailable' });
      expect(atWork()).toEqual([]);
      expect(openFiles(stage.folder)).toEqual([]);
      expect(await journals()).toBe(before);
      expect((await stage.finish()).health.grade).toBe('green');
      expect(await readdir(stage.folder)).not.toContain(LAYOUT.work);
    },
  );

  test('by the end of the server, it is taken up again by the next one', async () => {
    await record(60, { ffmpegBin: slowFfmpeg() });
    const finishing = stage.finish();
    finishing.catch(() => undefined);
    await ffmpegDoes('copy', finishing);
    await stage.finisher.close();
    await stage.finisher.close();
    await expect(finishing).rejects.toMatchObject({ code: 'unavailable' });
    await expect(stage.finish()).rejects.toMatchObject({ code: 'unavailable' });
    expect(atWork()).toEqual([]);
    const next = await FinishingThread.create({ folder: stage.root, ffmpegBin: ffmpegBin() });
    const news = { onFile: () => undefined, onProgress: () => undefined };
    expect((await next.finish(stage.record, news)).durationMs).toBe(60_000);
    await next.close();
    await expectWhole(60);
  });
});

const HOST = `
const [finishing, folder, ffmpegBin, record, without] = process.argv.slice(1);
const { FinishingThread } = await import(finishing);
const finisher = await FinishingThread.create({
  folder, ffmpegBin, ...(without === 'without' && { setprivBin: undefined }),
});
const news = { onFile: ({ name }) => console.log(name), onProgress: () => undefined };
await finisher.finish(JSON.parse(record), news);
console.log('finished');
`;

const LONG = { timeout: 120_000 };

/** A server of its own that does nothing but finish this recording. */
const host = (without: string): ChildProcess =>
  spawn(
    process.execPath,
    [
      '--input-type=module',
      '-e',
      HOST,
      join(import.meta.dirname, '../../server/media/finish/FinishingThread.ts'),
      stage.root,
      ffmpegBin(),
      JSON.stringify(stage.record),
      without,
    ],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );

describe('a server that is killed', () => {
  test.for(['with', 'without'])('leaves no process behind, %s setpriv', LONG, async (without) => {
    await record(400);
    const before = await journals();
    for (const [i, moment] of ['copy', 'amix'].entries()) {
      const server = host(without);
      await ffmpegDoes(moment);
      server.kill('SIGKILL');
      await once(server, 'exit');
      // The one that finds out by its pipe has to write first.
      await waitFor('ffmpeg is gone', () => atWork().length === 0, Boolean, { timeoutMs: 5_000 });
      expect(await journals()).toBe(before);
      const files = await readdir(join(stage.folder, LAYOUT.files));
      expect(files).toEqual(i === 0 ? [] : ['1-ana-camera.webm']);
    }
    const finished = await stage.finish();
    expect(finished.health.grade).toBe('green');
    const names = await readdir(join(stage.folder, LAYOUT.files));
    expect(names.toSorted()).toEqual(finished.files.map(({ name }) => name).toSorted());
  });
});

describe('a disk that is full', () => {
  let mounted: string | undefined;

  beforeAll(() => {
    const folder = mkdtempSync(join(tmpdir(), 'roomtone-full-'));
    const size = ['-t', 'tmpfs', '-o', 'size=60m'];
    if (spawnSync('/bin/mount', [...size, 'none', folder]).status === 0) mounted = folder;
    else rmSync(folder, { recursive: true });
  });

  afterAll(() => {
    if (mounted === undefined) return;
    spawnSync('/bin/umount', [mounted]);
    rmSync(mounted, { recursive: true });
  });

  test('is told, and the journals are as they were', async ({ skip }) => {
    // Whoever may not mount has not run it.
    if (mounted === undefined) {
      skip('no file system can be mounted here');
      return;
    }
    await record(120, { root: mounted });
    const before = await journals();
    const filler = join(mounted, 'filler');
    // So much that it is seen before anything is done.
    writeFileSync(filler, Buffer.alloc(50 * 1024 * 1024));
    await expect(stage.finish()).rejects.toMatchObject({ code: 'disk_full' });
    rmSync(filler);
    // And so much that it happens in the middle of it, filled by somebody else meanwhile.
    const finishing = stage.finish();
    finishing.catch(() => undefined);
    await waitFor('it has begun', () => existsSync(join(stage.folder, LAYOUT.work)), Boolean, {
      everyMs: 1,
    });
    expect(() => writeFileSync(filler, Buffer.alloc(80 * 1024 * 1024))).toThrow('ENOSPC');
    await expect(finishing).rejects.toMatchObject({ code: 'disk_full' });
    expect(openFiles(mounted)).toEqual([]);
    expect(await journals()).toBe(before);
    rmSync(filler);
    expect((await stage.finish()).durationMs).toBe(120_000);
    await expectWhole(120);
  });
});

describe('files that are not what they should be', () => {
  test('are not published, and cost no journal', async () => {
    // What is read is not what was written.
    const liar = fakeFfmpeg(`case "$*" in *framehash*)
  for file; do case "$file" in *.webm)
    printf X | dd of="$file" bs=1 seek=20000 conv=notrunc 2>/dev/null
  ;; esac; done
;; esac
exec ${ffmpegBin()} "$@"`);
    await record(5);
    const before = await journals();
    const lying = await FinishingThread.create({ folder: stage.root, ffmpegBin: liar });
    const files: string[] = [];
    const news = { onFile: ({ name }: { name: string }) => files.push(name), onProgress() {} };
    await expect(lying.finish(stage.record, news)).rejects.toThrow(/reads as|ffmpeg ended/);
    await lying.close();
    expect(files).toEqual([]);
    expect(readdirSync(join(stage.folder, LAYOUT.files))).toEqual([]);
    expect(await journals()).toBe(before);
    await stage.finish();
    await expectWhole(5);
  });

  test('of an earlier attempt are replaced, and those that nobody makes any more removed', async () => {
    await record(3);
    await stage.finish();
    const folder = stage.folder;
    const kept = readFileSync(stage.file('1-ana-camera.webm')).length;
    stage.record.title = 'the same again';
    // As after a crash before the outcome was written: journals are there once more.
    rmSync(join(folder, 'finished.json'));
    const participantId = stage.joins('Ana');
    const clip = await truthClip({ n: 1, codec: 'opus' });
    const sent = [[0, 3_000]] as const;
    await stage.track({ participantId, name: 'Ana', source: 'microphone', clip, sent });
    await stage.stop(3_000);
    await writeFile(stage.file('9-nobody-camera.webm'), 'left over');
    const { files } = await stage.finish();
    expect(files.map(({ name }) => name)).toContain('2-ana-audio.webm');
    expect(readdirSync(join(folder, LAYOUT.files)).toSorted()).toEqual(
      files.map(({ name }) => name).toSorted(),
    );
    expect(kept).toBeGreaterThan(0);
  });

  test('and cannot be made again are left alone', async () => {
    await record(3);
    await stage.finish();
    await truncate(stage.file('recording.mp3'), 100);
    const before = contents();
    await expect(stage.finish()).rejects.toThrow('journals are gone');
    expect(contents()).toEqual(before);
  });
});

describe('what a crash has left', () => {
  test('ends with the last thing on the disk, events or none', async () => {
    await record(6);
    rmSync(join(stage.folder, LAYOUT.events));
    for (const { folder } of await listTracks(stage.folder)) {
      const [segment] = await readdir(folder);
      const path = join(folder, segment!);
      // The end record, and a bit of the last packet.
      await truncate(path, (await stat(path)).size - 20);
    }
    const finished = await stage.finish();
    expect(finished.durationMs).toBeGreaterThan(5_900);
    expect(finished.durationMs).toBeLessThan(6_100);
    expect(finished.people).toMatchObject([{ name: 'Ana', consent: null }]);
    expect(finished.health).toMatchObject({ grade: 'amber', findings: [{ code: 'duration' }] });
    const { video } = await stage.decode('1-ana-camera.webm');
    expect(video?.complaints).toEqual([]);
    expect(video!.frames.length).toBeGreaterThanOrEqual(118);
  });

  test.for([0, 10, 60] as const)('of %i ms is a recording all the same', async (lengthMs) => {
    stage = await Stage.create();
    const participantId = stage.joins('Ana');
    const base = { participantId, name: 'Ana', sent: [[0, 500]] } as const;
    const [h264, opus] = [{ n: 1, codec: 'h264' } as const, { n: 1, codec: 'opus' } as const];
    await stage.track({ ...base, source: 'camera', clip: await truthClip(h264) });
    await stage.track({
      ...base,
      source: 'screen',
      clip: await truthClip({ ...h264, codec: 'vp8' }),
    });
    await stage.track({ ...base, source: 'microphone', clip: await truthClip(opus) });
    await stage.stop(lengthMs);
    const { durationMs, files } = await stage.finish();
    expect(durationMs).toBe(lengthMs);
    const tracks = files.filter(({ kind }) => kind === 'track');
    expect(tracks).toHaveLength(lengthMs < 20 ? 0 : 2);
  });

  test('of nothing at all is a recording of nothing', async () => {
    stage = await Stage.create();
    await stage.stop(2_000);
    const finished = await stage.finish();
    expect(finished).toMatchObject({ durationMs: 2_000, gaps: [], people: [] });
    expect(finished.files.map(({ kind }) => kind)).toEqual(['speakers', 'manifest']);
  });
});
