import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { RecordedFile } from '../../protocol/recordings.ts';
import { LAYOUT } from '../../recordings/layout.ts';
import type { FinishingNews } from '../../recordings/Finisher.ts';
import type { FfmpegOptions } from '../ffmpeg.ts';
import { digestOf, publish, syncPath } from './archive/durable.ts';

export type FileFacts = Omit<RecordedFile, 'bytes' | 'sha256'>;

export interface WorkshopOptions extends FfmpegOptions {
  /** Of the recording. */
  readonly folder: string;
  readonly signal: AbortSignal;
  readonly news: FinishingNews;
}

/** Where the files of one recording are made, and the list of those that are done. */
export class Workshop {
  readonly folder: string;
  readonly signal: AbortSignal;
  readonly ffmpeg: FfmpegOptions;
  readonly files: RecordedFile[] = [];
  readonly #news: FinishingNews;
  #toldHundredths = -1;

  /** Throws away what was left half made. */
  static async open(options: WorkshopOptions): Promise<Workshop> {
    const { folder } = options;
    await rm(join(folder, LAYOUT.work), { recursive: true, force: true });
    await mkdir(join(folder, LAYOUT.work), { recursive: true });
    await mkdir(join(folder, LAYOUT.files), { recursive: true });
    await syncPath(folder);
    return new Workshop(options);
  }

  private constructor({ folder, signal, news, ffmpegBin, setprivBin }: WorkshopOptions) {
    this.folder = folder;
    this.signal = signal;
    this.ffmpeg = { ffmpegBin, setprivBin };
    this.#news = news;
  }

  /** Folder of files that are being made. */
  get bench(): string {
    return join(this.folder, LAYOUT.work);
  }

  draft(name: string): string {
    return join(this.bench, name);
  }

  finished(name: string): string {
    return join(this.folder, LAYOUT.files, name);
  }

  /** Finished earlier, and not to be made again. */
  keep(files: readonly RecordedFile[]): void {
    for (const file of files) {
      this.files.push(file);
      this.#news.onFile(file);
    }
  }

  /** Drafts are as they should be: from now on they can be downloaded. */
  async deliver(...all: readonly FileFacts[]): Promise<void> {
    this.signal.throwIfAborted();
    const outcomes = await Promise.allSettled(all.map((facts) => this.#publish(facts)));
    for (const outcome of outcomes) {
      if (outcome.status === 'rejected') throw outcome.reason;
      this.files.push(outcome.value);
      this.#news.onFile(outcome.value);
    }
  }

  /** Tells each further hundredth. */
  progress(share: number): void {
    const hundredths = Math.floor(Math.min(Math.max(share, 0), 1) * 100);
    if (hundredths <= this.#toldHundredths) return;
    this.#toldHundredths = hundredths;
    this.#news.onProgress(hundredths / 100);
  }

  /** Files of an earlier attempt that this one has not made again, and what was only of use till now. */
  async clear(): Promise<void> {
    const made = new Set(this.files.map(({ name }) => name));
    for (const name of await readdir(join(this.folder, LAYOUT.files))) {
      if (!made.has(name)) await rm(this.finished(name), { recursive: true });
    }
    for (const name of [LAYOUT.work, LAYOUT.preview]) {
      await rm(join(this.folder, name), { recursive: true, force: true });
    }
  }

  async #publish(facts: FileFacts): Promise<RecordedFile> {
    const digest = await digestOf(this.draft(facts.name));
    await publish(this.draft(facts.name), this.finished(facts.name));
    return { ...facts, ...digest };
  }
}
