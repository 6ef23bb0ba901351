import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { pipeline } from 'node:stream/promises';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { encoderArgs, ffmpegBin, rawContent, type ClipCodec } from './clip.ts';
import { decodeRecording } from './decodeRecording.ts';
import { isCorrupt } from './decodeVideo.ts';

const SECONDS = 5;
const PERSON = 4;
const folder = mkdtempSync(join(tmpdir(), 'roomtone-decode-'));
const at = (name: string): string => join(folder, name);

const ffmpeg = (...args: string[]) =>
  promisify(execFile)(ffmpegBin(), ['-v', 'error', '-y', ...args]);

const encode = async (codec: ClipCodec, path: string): Promise<void> => {
  const child = spawn(ffmpegBin(), ['-v', 'error', '-y', ...encoderArgs(codec), path], {
    stdio: ['pipe', 'ignore', 'inherit'],
  });
  const content = rawContent({ n: PERSON, codec, seconds: SECONDS });
  await Promise.all([once(child, 'exit'), pipeline(content, child.stdin)]);
};

/** Picture and sound in one file, after what `change` does to each. */
const archive = async (
  name: string,
  {
    video = 'vp8',
    before = [],
    after = [],
  }: { video?: string; before?: string[]; after?: string[] } = {},
): Promise<string> => {
  const path = at(name);
  await ffmpeg(
    '-i',
    at(`${video}.mkv`),
    ...before,
    '-i',
    at('opus.mkv'),
    '-map',
    '0',
    '-map',
    '1',
    '-c',
    'copy',
    ...after,
    path,
  );
  return path;
};

beforeAll(async () => {
  for (const codec of ['vp8', 'vp9', 'h264', 'opus'] as const)
    await encode(codec, at(`${codec}.mkv`));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const allSeconds = Array.from({ length: SECONDS }, (_, second) => second);

describe('a file of known content', () => {
  it.each(['vp8', 'vp9', 'h264'])('is read flash by flash and beep by beep (%s)', async (video) => {
    const { video: seen, audio: heard } = await decodeRecording(
      await archive('whole.mkv', { video }),
    );
    expect(seen!.flashes).toEqual(
      allSeconds.map((second) => ({ atMs: second * 1000, lengthMs: 100, n: PERSON, second })),
    );
    expect(seen!.frames).toHaveLength(SECONDS * 20);
    expect(seen!.frames.filter(isCorrupt)).toEqual([]);
    expect(heard!.beeps.map(({ n, tone }) => [n, tone])).toEqual(
      allSeconds.map((s) => [PERSON, s]),
    );
    heard!.beeps.forEach(({ atMs }, second) =>
      expect(Math.abs(atMs - second * 1000)).toBeLessThan(5),
    );
    expect(heard).toMatchObject({ noises: [], gaps: [], complaints: [] });
    expect(heard!.sounding).toHaveLength(1);
    expect(heard!.sounding[0]!.toMs).toBeGreaterThan(SECONDS * 1000 - 10);
    expect(seen!.complaints).toEqual([]);
  });

  it('keeps the time at which it begins', async () => {
    const path = at('late.mkv');
    await ffmpeg('-itsoffset', '20.5', '-i', await archive('x.mkv'), '-c', 'copy', '-copyts', path);
    const { video, audio } = await decodeRecording(path);
    expect(video!.flashes[0]!.atMs).toBe(20_500);
    expect(Math.abs(audio!.beeps[0]!.atMs - 20_500)).toBeLessThan(9);
    expect(audio!.startMs).toBeGreaterThan(20_450);
  });
});

describe('what is wrong in a file', () => {
  it('sound that is late against the picture', async () => {
    const { audio } = await decodeRecording(
      await archive('shifted.mkv', { before: ['-itsoffset', '0.12'] }),
    );
    for (const [second, { atMs }] of audio!.beeps.entries())
      expect(Math.abs(atMs - second * 1000 - 120)).toBeLessThan(5);
  });

  it('a stretch of sound that is missing', async () => {
    // Packets of 20 ms: from 1.9 s to 3.1 s.
    const path = await archive('cut.mkv', { after: ['-bsf:a', "noise=drop='between(n,95,154)'"] });
    const { audio } = await decodeRecording(path);
    expect(audio!.beeps.map(({ tone }) => tone)).toEqual([0, 1, 4]);
    expect(audio!.gaps).toHaveLength(1);
    expect(audio!.gaps[0]!.toMs - audio!.gaps[0]!.fromMs).toBeCloseTo(1200, -1);
    expect(audio!.beeps[2]!.atMs).toBeCloseTo(4000, -1);
    expect(audio!.sounding).toHaveLength(2);
    expect(Math.abs(audio!.sounding[0]!.toMs - audio!.gaps[0]!.fromMs)).toBeLessThan(10);
  });

  it('a picture that is missing, and all that stand on it', async () => {
    const path = await archive('lost.mkv', { after: ['-bsf:v', "noise=drop='eq(n,48)'"] });
    const { video } = await decodeRecording(path);
    expect(video!.frames).toHaveLength(SECONDS * 20 - 1);
    const broken = video!.frames.filter(isCorrupt).map(({ atMs }) => atMs);
    expect(broken.length).toBeGreaterThan(0);
    expect(Math.min(...broken)).toBeGreaterThanOrEqual(2450);
    expect(Math.max(...broken)).toBeLessThan(3000);
  });

  it('a key frame that is missing, with its flash', async () => {
    const path = await archive('keyless.mkv', { after: ['-bsf:v', "noise=drop='eq(n,40)'"] });
    const { video } = await decodeRecording(path);
    const whole = video!.flashes.filter(
      ({ lengthMs, second }) => lengthMs === 100 && second !== undefined,
    );
    expect(whole.map(({ second }) => second)).toEqual([0, 1, 3, 4]);
    expect(video!.frames.filter(isCorrupt).length).toBeGreaterThan(10);
  });

  it('a noise in the silence', async () => {
    const path = at('noise.mkv');
    const click = "aeval='val(0)+0.2*between(t,2.5,2.53)*sin(9000*t)'";
    await ffmpeg('-i', at('opus.mkv'), '-af', click, '-c:a', 'libopus', path);
    const { audio } = await decodeRecording(path);
    expect(audio!.beeps).toHaveLength(SECONDS);
    expect(audio!.noises).toHaveLength(1);
    expect(Math.abs(audio!.noises[0]!.fromMs - 2500)).toBeLessThan(9);
  });

  it('bytes that were written over', async () => {
    const path = await archive('damaged.mkv');
    const bytes = readFileSync(path);
    // A second and a half of five: a beep is always among it.
    bytes.fill(0x5a, Math.floor(bytes.length * 0.35), Math.floor(bytes.length * 0.65));
    writeFileSync(path, bytes);
    const { video, audio } = await decodeRecording(path);
    const complaints = [...video!.complaints, ...audio!.complaints];
    expect(complaints.length + video!.frames.filter(isCorrupt).length).toBeGreaterThan(0);
    expect(audio!.beeps.length).toBeLessThan(SECONDS);
  });

  it('a file that is none', async () => {
    writeFileSync(at('none.mkv'), 'no recording');
    await expect(decodeRecording(at('none.mkv'))).rejects.toThrow('nothing to be seen or heard');
  });
});
