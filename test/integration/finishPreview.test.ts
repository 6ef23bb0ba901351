import { readFileSync, statSync } from 'node:fs';
import { readdir, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { listTracks } from '../../server/media/journal/readJournal.ts';
import { LAYOUT } from '../../server/recordings/layout.ts';
import { Stage } from '../support/journalOfStage.ts';
import { truthClip } from '../support/truth/clip.ts';
import { decodeRecording } from '../support/truth/decodeRecording.ts';

/** Watching a recording that still runs. */

let stage: Stage;
afterEach(() => stage.close());

/** Journals in which everything was written, and no end. */
const running = async (seconds: number): Promise<void> => {
  stage = await Stage.create();
  const [ana, ben] = [stage.joins('Ana'), stage.joins('Ben')];
  const sent = [[0, seconds * 1000]] as const;
  const base = { participantId: ana, name: 'Ana', sent };
  const [vp8, opus] = [{ n: 1, codec: 'vp8' } as const, { n: 1, codec: 'opus' } as const];
  await stage.track({ ...base, source: 'camera', clip: await truthClip(vp8) });
  await stage.track({ ...base, source: 'microphone', clip: await truthClip(opus) });
  const h264 = await truthClip({ n: 2, codec: 'h264' });
  await stage.track({ participantId: ben, name: 'Ben', sent, source: 'screen', clip: h264 });
  await stage.stop();
  for (const { folder } of await listTracks(stage.folder)) {
    const path = join(folder, (await readdir(folder))[0]!);
    await truncate(path, statSync(path).size - 700);
  }
};

const previewed = (name: string): string => join(stage.folder, LAYOUT.preview, name);

test('what there is of each track can be seen, and stays under its name', async () => {
  await running(5);
  const { id } = stage.record;
  const previews = await stage.finisher.listPreviews(id);
  expect(previews).toMatchObject([
    {
      name: '1-ana-camera.webm',
      source: 'camera',
      participant: { name: 'Ana' },
      type: 'video/webm; codecs="vp8, opus"',
    },
    { name: '2-ben-screen.mp4', source: 'screen', participant: { name: 'Ben' }, type: 'video/mp4' },
  ]);
  for (const { name } of previews) await stage.finisher.preview(id, name, 0);
  const camera = await decodeRecording(previewed('1-ana-camera.webm'));
  expect([...camera.video!.complaints, ...camera.audio!.complaints]).toEqual([]);
  expect(camera.video!.frames.length).toBeGreaterThanOrEqual(98);
  expect(camera.audio?.beeps).toHaveLength(5);
  const screen = await decodeRecording(previewed('2-ben-screen.mp4'));
  expect(screen.video?.complaints).toEqual([]);
  expect(screen.video!.frames.length).toBeGreaterThanOrEqual(97);
  expect(await listTracks(stage.folder)).toHaveLength(3);
  await stage.stop(5_000);
  const { files } = await stage.finish();
  const tracks = files.filter(({ kind }) => kind === 'track').map(({ name }) => name);
  expect(tracks).toEqual(previews.map(({ name }) => name));
  expect(await readdir(stage.folder)).not.toContain(LAYOUT.preview);
  await expect(stage.finisher.preview(id, '1-ana-camera.webm', 0)).rejects.toMatchObject({
    code: 'not_found',
  });
});

test('a young one is left as it is, and an old one made anew', async () => {
  await running(2);
  const { id } = stage.record;
  const name = '1-ana-camera.webm';
  await Promise.all([stage.finisher.preview(id, name, 0), stage.finisher.preview(id, name, 0)]);
  const first = statSync(previewed(name));
  await stage.finisher.preview(id, name, 60_000);
  expect(statSync(previewed(name)).ino).toBe(first.ino);
  expect(statSync(previewed(name)).mtimeMs).toBe(first.mtimeMs);
  await stage.finisher.preview(id, name, 0);
  expect(statSync(previewed(name)).mtimeMs).toBeGreaterThan(first.mtimeMs);
  expect(readFileSync(previewed(name)).length).toBeGreaterThan(10_000);
});

test('what is not there is not found', async () => {
  await running(1);
  const { id } = stage.record;
  const preview = (name: string) => stage.finisher.preview(id, name, 0);
  await expect(preview('3-cem-camera.webm')).rejects.toMatchObject({ code: 'not_found' });
  await expect(preview('../events.ndjson')).rejects.toMatchObject({ code: 'not_found' });
  expect(await stage.finisher.listPreviews('rec_0')).toEqual([]);
});
