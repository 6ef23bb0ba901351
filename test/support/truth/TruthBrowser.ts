import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromiumBin } from '../browser.ts';
import { Visitor } from '../Visitor.ts';
import { drawFrame, FRAMES_PER_S, PICTURE } from './picture.ts';
import { playSound, SAMPLE_RATE, TONES } from './sound.ts';

/** What it plays over and over; then the numbers in picture and sound go round alike. */
const LOOP_S = TONES;

/** A real browser whose camera and microphone say who they are and count the seconds. */
export class TruthBrowser {
  readonly visitor: Visitor;
  readonly n: number;
  readonly #folder: string;

  static async enter(url: string, room: string, { name, n }: { name: string; n: number }) {
    const folder = mkdtempSync(join(tmpdir(), 'roomtone-truth-browser-'));
    const wrapper = writeDevices(folder, n);
    const visitor = await Visitor.come(url, name, { wrapper });
    const browser = new TruthBrowser(visitor, n, folder);
    try {
      await visitor.enter(room);
      return browser;
    } catch (error) {
      await browser.close();
      throw error;
    }
  }

  private constructor(visitor: Visitor, n: number, folder: string) {
    this.visitor = visitor;
    this.n = n;
    this.#folder = folder;
  }

  async close(): Promise<void> {
    await this.visitor.close();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

/** A program that starts Chromium with our picture and sound as its devices. */
const writeDevices = (folder: string, n: number): string => {
  const picture = join(folder, 'picture.y4m');
  const { width, height } = PICTURE;
  const frames = Array.from({ length: LOOP_S * FRAMES_PER_S }, (_, i) => [
    Buffer.from('FRAME\n'),
    drawFrame({ n, second: Math.floor(i / FRAMES_PER_S), frame: i % FRAMES_PER_S }),
  ]);
  const head = Buffer.from(`YUV4MPEG2 W${width} H${height} F${FRAMES_PER_S}:1 Ip A1:1 C420jpeg\n`);
  writeFileSync(picture, Buffer.concat([head, ...frames.flat()]));
  const sound = join(folder, 'sound.wav');
  writeFileSync(sound, wav(playSound(n, LOOP_S)));
  const wrapper = join(folder, 'chromium');
  const flags = [
    '--use-fake-ui-for-media-stream',
    '--use-fake-device-for-media-stream',
    `--use-file-for-fake-video-capture=${picture}`,
    `--use-file-for-fake-audio-capture=${sound}`,
  ];
  writeFileSync(wrapper, `#!/bin/sh\nexec '${chromiumBin()}' ${flags.join(' ')} "$@"\n`);
  chmodSync(wrapper, 0o755);
  return wrapper;
};

/** 16 bit mono. */
const wav = (samples: Int16Array<ArrayBuffer>): Buffer => {
  const data = Buffer.from(samples.buffer);
  const head = Buffer.alloc(44);
  head.write('RIFF', 0);
  head.writeUInt32LE(36 + data.length, 4);
  head.write('WAVEfmt ', 8);
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(1, 22);
  head.writeUInt32LE(SAMPLE_RATE, 24);
  head.writeUInt32LE(SAMPLE_RATE * 2, 28);
  head.writeUInt16LE(2, 32);
  head.writeUInt16LE(16, 34);
  head.write('data', 36);
  head.writeUInt32LE(data.length, 40);
  return Buffer.concat([head, data]);
};
