import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { graphArgs, RATE, wholeFrames } from './graph.ts';

const FFMPEG = process.env['FFMPEG_BIN'] ?? 'ffmpeg';
const SECONDS = 6;
const folder = mkdtempSync(join(tmpdir(), 'roomtone-graph-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A voice whose time takes a small step in the middle, as after each mute of a clock that drifts. */
const voice = (stepMs: number): string => {
  const path = join(folder, `${stepMs}.webm`);
  const step = `setts=ts=TS+if(gt(N\\,${(SECONDS * 50) / 2})\\,${stepMs}\\,0)`;
  const input = ['-f', 'lavfi', '-i', `sine=440:d=${SECONDS}:r=48000`];
  const args = ['-v', 'error', '-y', ...input, '-c:a', 'libopus', '-bsf:a', step, path];
  execFileSync(FFMPEG, args);
  return path;
};

/** The loudest of each second, of full scale 1. */
const peaksOf = (path: string): number[] => {
  const durationMs = SECONDS * 1000;
  const graph = graphArgs({
    pictures: [],
    sounds: [{ path, readFormat: 'matroska', source: 'camera', gainDb: 0 }],
    frame: undefined,
    durationMs,
    kept: [{ fromMs: 0, toMs: durationMs }],
  });
  const output = '-map [audio] -ac 1 -ar 8000 -f s16le pipe:1'.split(' ');
  const bytes = execFileSync(FFMPEG, ['-v', 'error', ...graph, ...output]);
  return Array.from({ length: SECONDS }, (_, second) => {
    let peak = 0;
    for (let i = 0; i < 8_000; i += 1) {
      const at = 2 * (second * 8_000 + i);
      if (at + 1 < bytes.length) peak = Math.max(peak, Math.abs(bytes.readInt16LE(at)) / 32_768);
    }
    return peak;
  });
};

test.for([0, 2, 12, 60])('a voice is heard on after its time took a step of %s ms', (stepMs) => {
  for (const peak of peaksOf(voice(stepMs))) expect(peak).toBeGreaterThan(0.1);
});

test('no picture of what is cut out is left, wherever the cut falls between two of them', () => {
  const frameMs = 1000 / RATE;
  for (let cutMs = 5_000; cutMs < 5_100; cutMs += 1) {
    const [before, after] = wholeFrames([
      { fromMs: 0, toMs: cutMs },
      { fromMs: cutMs + 2_000, toMs: 9_000 },
    ]);
    expect(before!.toMs - frameMs).toBeLessThan(cutMs);
    expect(after!.fromMs).toBeGreaterThanOrEqual(cutMs + 2_000);
  }
});
