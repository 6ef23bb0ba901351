import { execFile } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { rm, statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const CHUNK = Buffer.alloc(64 * 1024, 1);

/** A file system of its own, small enough to be filled. */
export class SmallDisk {
  readonly folder: string;

  /** Why there can be none here; undefined when there can. */
  static async whyNot(): Promise<string | undefined> {
    if (process.getuid?.() !== 0) return 'mounting needs root';
    try {
      const disk = await SmallDisk.mount(1024 ** 2);
      await disk.close();
      return undefined;
    } catch (error) {
      const [reason] = (error as Error).message.trim().split('\n').toReversed();
      return `no tmpfs can be mounted here (${reason ?? 'unknown'})`;
    }
  }

  static async mount(sizeBytes: number): Promise<SmallDisk> {
    const folder = mkdtempSync(join(tmpdir(), 'roomtone-disk-'));
    try {
      await run('mount', ['-t', 'tmpfs', '-o', `size=${sizeBytes}`, 'tmpfs', folder]);
      return new SmallDisk(folder);
    } catch (error) {
      rmSync(folder, { recursive: true });
      throw error;
    }
  }

  private constructor(folder: string) {
    this.folder = folder;
  }

  async freeBytes(): Promise<number> {
    const { bavail, bsize } = await statfs(this.folder);
    return bavail * bsize;
  }

  /** Writes until no more than this is free. */
  async fill(leaveBytes: number): Promise<void> {
    const file = openSync(this.#filler, 'a');
    try {
      for (;;) {
        const overBytes = Math.ceil((await this.freeBytes()) - leaveBytes);
        if (overBytes <= 0) return;
        writeSync(file, CHUNK, 0, Math.min(overBytes, CHUNK.length));
      }
    } catch (error) {
      // Somebody else took the last of it.
      if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
    } finally {
      closeSync(file);
    }
  }

  /** Takes away what `fill` wrote. */
  async empty(): Promise<void> {
    await rm(this.#filler, { force: true });
  }

  async close(): Promise<void> {
    await run('umount', ['--lazy', this.folder]);
    rmSync(this.folder, { recursive: true, force: true });
  }

  get #filler(): string {
    return join(this.folder, 'filler');
  }
}
