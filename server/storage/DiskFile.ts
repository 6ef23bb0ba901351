import { constants } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { Readable } from 'node:stream';
import type { OpenFile } from '../recordings/Vault.ts';

/** Held per reader. More asks the disk less often, and costs it for each of them. */
const BUFFER_BYTES = 128 * 1024;

/** One opened file: later growth, replacement or deletion does not touch it. */
export class DiskFile implements OpenFile {
  readonly #file: FileHandle;
  readonly bytes: number;
  readonly modifiedAt: number;

  private constructor(file: FileHandle, bytes: number, modifiedAt: number) {
    this.#file = file;
    this.bytes = bytes;
    this.modifiedAt = modifiedAt;
  }

  /** Undefined when there is no such file. What is none (a link, a folder, a pipe) is not there. */
  static async open(path: string): Promise<DiskFile | undefined> {
    const { O_RDONLY, O_NOFOLLOW, O_NONBLOCK } = constants;
    const file = await open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK).catch((error: unknown) => {
      if (isAbsence(error)) return undefined;
      throw error;
    });
    if (!file) return undefined;
    const stats = await file.stat();
    if (stats.isFile()) return new DiskFile(file, stats.size, Math.floor(stats.mtimeMs));
    await file.close();
    return undefined;
  }

  read({ start, end } = { start: 0, end: this.bytes - 1 }): Readable {
    // The library does not know a stretch of no bytes.
    if (end < start) return this.#nothing();
    return this.#file.createReadStream({ start, end, highWaterMark: BUFFER_BYTES });
  }

  async close(): Promise<void> {
    await this.#file.close();
  }

  #nothing(): Readable {
    return Readable.from([]).once('close', () => void this.close());
  }
}

const ABSENT = new Set(['ENOENT', 'ENOTDIR', 'ELOOP', 'ENXIO', 'EISDIR']);

const isAbsence = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && ABSENT.has(String(error.code));
