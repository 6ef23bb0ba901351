import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { Vp9 } from '../../server/media/finish/pictures/Vp9.ts';
import type { Finished } from '../../server/recordings/Finisher.ts';
import { encodedClip, encodedPictures, spokenClip } from '../support/journalOfEncoder.ts';
import { vp9Layers } from '../support/journalOfLayers.ts';
import { Stage } from '../support/journalOfStage.ts';
import type { PlayedClip } from '../support/journalOfTruth.ts';
import { truthClip } from '../support/truth/clip.ts';
import { decodeVideo, isCorrupt } from '../support/truth/decodeVideo.ts';
import { decodeAudio } from '../support/truth/decodeAudio.ts';

const SECONDS = 6;
const LENGTH_MS = 8_000;

let stage: Stage;
afterEach(() => stage.close());

interface Recorded {
  readonly finished: Finished;
  readonly name: string;
  readonly type: string;
}

const record = async (clips: {
  camera?: PlayedClip[];
  microphone?: PlayedClip;
}): Promise<Recorded> => {
  stage = await Stage.create();
  const participantId = stage.joins('Ana');
  const base = { participantId, name: 'Ana', jitterMs: 20, twice: 0.02 };
  for (const [i, clip] of (clips.camera ?? []).entries()) {
    const fromMs = 1_000 + i * 3_000;
    const toMs = i + 1 < (clips.camera?.length ?? 0) ? fromMs + 3_000 : LENGTH_MS;
    await stage.track({
      ...base,
      source: 'camera',
      clip,
      zeroMs: fromMs,
      sent: [[fromMs, toMs]],
    });
  }
  if (clips.microphone) {
    const zeroMs = 1_000;
    const sent = [[zeroMs, LENGTH_MS]] as const;
    await stage.track({ ...base, source: 'microphone', clip: clips.microphone, zeroMs, sent });
  }
  await stage.stop(LENGTH_MS);
  const finished = await stage.finish();
  expect(finished.health).toMatchObject({ grade: 'green', findings: [] });
  const { name, type } = finished.files[0]!;
  return { finished, name, type };
};

const clip = (codec: 'vp8' | 'vp9' | 'h264') => truthClip({ n: 1, codec, seconds: SECONDS });
const ours = (codec: 'vp8' | 'vp9' | 'h264' | 'av1', width?: number) =>
  encodedClip({ n: 1, codec, seconds: SECONDS, ...(width !== undefined && { width }) });

describe('every picture of', () => {
  test.for([
    ['VP8 in the packets of ffmpeg', () => clip('vp8'), /^video\/webm; codecs="vp8, opus"$/],
    ['VP8 in packets of another kind', () => ours('vp8'), /^video\/webm; codecs="vp8, opus"$/],
    ['VP9 in the packets of ffmpeg', () => clip('vp9'), /^video\/webm; codecs="vp09\.00\./],
    ['VP9 in packets of another kind', () => ours('vp9'), /^video\/webm; codecs="vp09\.00\./],
    ['H.264 in the packets of ffmpeg', () => clip('h264'), /^video\/mp4; codecs="avc1\.42/],
    ['H.264 in packets of another kind', () => ours('h264'), /^video\/mp4; codecs="avc1\.42/],
    ['AV1', () => ours('av1'), /^video\/webm; codecs="av01\.0\./],
  ] as const)('%s is there, whole and in its place', async ([, make, typed]) => {
    const { name, type } = await record({ camera: [await make()] });
    expect(type).toMatch(typed);
    const { video, audio } = await stage.decode(name);
    expect(video?.complaints).toEqual([]);
    expect(video?.frames).toHaveLength(7 * 20);
    expect(video?.frames.filter(isCorrupt)).toEqual([]);
    for (const [i, { code, atMs }] of video!.frames.entries()) {
      expect(code).toMatchObject({ n: 1, second: Math.floor(i / 20) % SECONDS, frame: i % 20 });
      expect(Math.abs(atMs - 1_000 - i * 50)).toBeLessThan(5);
    }
    expect(audio).toMatchObject({ startMs: 0, gaps: [], complaints: [] });
    expect(Math.abs(audio!.endMs - LENGTH_MS)).toBeLessThan(25);
  });

  test.for(['vp8', 'vp9', 'h264', 'av1'] as const)(
    '%s is there when its size changes in the middle',
    async (codec) => {
      const camera = [await ours(codec), await ours(codec, 160), await ours(codec, 480)];
      const { name, finished } = await record({ camera: camera.slice(0, 2) });
      expect(finished.files.filter(({ kind }) => kind === 'track')).toHaveLength(1);
      const { video } = await stage.decode(name);
      expect(video?.complaints).toEqual([]);
      // The blocks of the small one are hard to read, so its pictures are counted.
      expect(video?.frames).toHaveLength(7 * 20);
      expect(video?.frames.slice(0, 60).filter(isCorrupt)).toEqual([]);
      expect(video?.flashes).toHaveLength(7);
    },
  );
});

test('another codec makes another archive, each with all of the sound', async () => {
  const { finished } = await record({
    camera: [await clip('vp8'), await clip('h264')],
    microphone: await truthClip({ n: 1, codec: 'opus' }),
  });
  const tracks = finished.files.filter(({ kind }) => kind === 'track');
  expect(tracks.map(({ name }) => name)).toEqual(['1-ana-camera.webm', '1-ana-camera-2.mp4']);
  const [first, second] = [
    await stage.decode(tracks[0]!.name),
    await stage.decode(tracks[1]!.name),
  ];
  expect(first.video?.frames).toHaveLength(60);
  expect(second.video?.frames).toHaveLength(80);
  expect(second.video?.complaints).toEqual([]);
  expect(Math.abs(second.video!.frames[0]!.atMs - 4_000)).toBeLessThan(5);
  for (const { audio } of [first, second]) {
    expect(audio?.beeps.map(({ tone }) => tone)).toEqual([0, 1, 2, 3, 4, 5, 6]);
    expect(audio?.complaints).toEqual([]);
  }
  const mix = await decodeAudio(stage.file('recording.ogg'));
  expect(mix.beeps.map(({ tone }) => tone)).toEqual([0, 1, 2, 3, 4, 5, 6]);
});

describe('Opus', () => {
  test.for([
    [10, ''],
    [40, ''],
    [60, ''],
    [20, '-dtx 1'],
    [20, '-fec 1 -packet_loss 20'],
  ] as const)('in frames of %i ms %s', async ([frameMs, args]) => {
    const microphone = await spokenClip({ n: 1, seconds: SECONDS, frameMs, args });
    const { name, type } = await record({ microphone });
    expect([name, type]).toEqual(['1-ana-audio.webm', 'audio/webm; codecs="opus"']);
    const { audio } = await stage.decode(name);
    expect(audio?.complaints).toEqual([]);
    expect(audio).toMatchObject({ startMs: 0, gaps: [] });
    // The last packet may go on behind the end.
    expect(audio?.noises.filter(({ fromMs }) => fromMs < LENGTH_MS)).toEqual([]);
    expect(audio?.beeps.map(({ tone }) => tone)).toEqual([0, 1, 2, 3, 4, 5, 0]);
    for (const [i, { atMs }] of audio!.beeps.entries()) {
      expect(Math.abs(atMs - 1_006.5 - i * 1_000)).toBeLessThan(8);
    }
  });
});

/** L, B and E are set; temporal layer 0, spatial layer `sid`; TL0PICIDX. */
const layer = (data: Buffer, sid: number): Buffer =>
  Buffer.concat([Buffer.from([0x2c, sid << 1, 0]), data]);

test('layers of a VP9 picture become one superframe, of which only the last is seen', async () => {
  stage = await Stage.create();
  const [large] = await encodedPictures({ n: 1, seconds: 1, codec: 'vp9' });
  const codec = new Vp9();
  const picture = codec.assemble([...vp9Layers(), large!].map(layer));
  expect(picture).toMatchObject({ isKey: true });
  const data = (picture as { data: Buffer }).data;
  const header = Buffer.alloc(32);
  header.write('DKIF\0\0\x20\0VP90', 'latin1');
  header.writeUInt16LE(320, 12);
  header.writeUInt16LE(180, 14);
  header.writeUInt32LE(1000, 16);
  header.writeUInt32LE(1, 20);
  const head = Buffer.alloc(12);
  head.writeUInt32LE(data.length);
  const path = join(stage.folder, 'layers.ivf');
  await writeFile(path, Buffer.concat([header, head, data]));
  const seen = await decodeVideo(path);
  expect(seen.complaints).toEqual([]);
  expect(seen.frames).toMatchObject([{ code: { n: 1, second: 0, frame: 0 } }]);
});
