import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Persona } from './personas.ts';

export interface PictureFormat {
  readonly width: number;
  readonly height: number;
}

const FRAMES_PER_S = 15;
/** One trip of the moving bar across the picture. */
const LOOP_FRAMES = 15;
const SAMPLE_RATE = 48_000;
/** Noise suppression takes a steady tone for noise and removes it; beeps it lets through. */
const BEEP_S = 0.3;
const BEEP_PERIOD_S = 0.5;
const LOOP_S = 3;

let folder: string | undefined;

/** Files go with the process. */
const ownFolder = (): string => {
  if (folder !== undefined) return folder;
  const made = mkdtempSync(join(tmpdir(), 'roomtone-devices-'));
  process.once('exit', () => rmSync(made, { recursive: true, force: true }));
  folder = made;
  return made;
};

const written = (name: string, make: () => Buffer): string => {
  const path = join(ownFolder(), name);
  if (!existsSync(path)) writeFileSync(path, make());
  return path;
};

/** Chromium's flags that make this persona's picture and beeps the camera and the microphone. */
export const fakeDeviceFlags = (
  { hue, toneHz }: Persona,
  { width, height }: PictureFormat = { width: 640, height: 360 },
): string[] => {
  const video = written(`${hue}-${width}x${height}.y4m`, () => movingPicture(hue, width, height));
  const audio = written(`${toneHz}.wav`, () => beeps(toneHz));
  return [
    '--use-fake-ui-for-media-stream',
    '--use-fake-device-for-media-stream',
    `--use-file-for-fake-video-capture=${video}`,
    `--use-file-for-fake-audio-capture=${audio}`,
  ];
};

/** BT.601, studio range. */
const toYuv = (hue: number): [y: number, u: number, v: number] => {
  const channel = (n: number): number => {
    const k = (n + hue / 60) % 6;
    return 0.85 - 0.8 * Math.max(0, Math.min(k, 4 - k, 1));
  };
  const [r, g, b] = [channel(5), channel(3), channel(1)];
  return [
    16 + 65.481 * r + 128.553 * g + 24.966 * b,
    128 - 37.797 * r - 74.203 * g + 112 * b,
    128 + 112 * r - 93.786 * g - 18.214 * b,
  ];
};

/** One colour all over, and a white bar that crosses it once a second (YUV4MPEG2). */
const movingPicture = (hue: number, width: number, height: number): Buffer => {
  const [y, u, v] = toYuv(hue);
  const barWidth = Math.round(width / 16) * 2;
  const parts: Buffer[] = [
    Buffer.from(`YUV4MPEG2 W${width} H${height} F${FRAMES_PER_S}:1 Ip A1:1 C420jpeg\n`),
  ];
  for (let frame = 0; frame < LOOP_FRAMES; frame++) {
    const bar = Math.floor(((width - barWidth) * frame) / (LOOP_FRAMES - 1) / 2) * 2;
    parts.push(
      Buffer.from('FRAME\n'),
      plane(width, height, y, 235, bar, barWidth),
      plane(width / 2, height / 2, u, 128, bar / 2, barWidth / 2),
      plane(width / 2, height / 2, v, 128, bar / 2, barWidth / 2),
    );
  }
  return Buffer.concat(parts);
};

const plane = (
  width: number,
  height: number,
  colour: number,
  barColour: number,
  barStart: number,
  barWidth: number,
): Buffer => {
  const row = Buffer.alloc(width, Math.round(colour));
  row.fill(barColour, barStart, barStart + barWidth);
  return Buffer.concat(Array.from({ length: height }, () => row));
};

/** Three seconds of them: 16 bit mono WAV. */
export const beeps = (toneHz: number): Buffer => {
  const samples = SAMPLE_RATE * LOOP_S;
  const file = Buffer.alloc(44 + samples * 2);
  file.write('RIFF', 0);
  file.writeUInt32LE(36 + samples * 2, 4);
  file.write('WAVEfmt ', 8);
  file.writeUInt32LE(16, 16);
  file.writeUInt16LE(1, 20);
  file.writeUInt16LE(1, 22);
  file.writeUInt32LE(SAMPLE_RATE, 24);
  file.writeUInt32LE(SAMPLE_RATE * 2, 28);
  file.writeUInt16LE(2, 32);
  file.writeUInt16LE(16, 34);
  file.write('data', 36);
  file.writeUInt32LE(samples * 2, 40);
  for (let i = 0; i < samples; i++) {
    const seconds = i / SAMPLE_RATE;
    const within = (seconds % BEEP_PERIOD_S) / BEEP_S;
    // Soft edges: a click has every pitch.
    const loudness = within < 1 ? 0.5 * Math.sin(Math.PI * within) ** 0.3 : 0;
    const value = loudness * Math.sin(2 * Math.PI * toneHz * seconds);
    file.writeInt16LE(Math.round(value * 32_767), 44 + i * 2);
  }
  return file;
};
