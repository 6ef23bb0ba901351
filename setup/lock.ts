import { mkdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

/** The owner shows that it lives; process numbers alone come again after a restart. */
const beatMs = 5000;
const orphanAfterMs = 60_000;
const pollMs = 250;

/** Runs `work` while no other process runs it under the same lock folder. */
export async function withLock<T>(
  folder: string,
  work: () => Promise<T>,
  onWait: () => void = () => undefined,
): Promise<T> {
  let told = false;
  while (!take(folder)) {
    if (!told) onWait();
    told = true;
    await delay(pollMs);
  }
  const beating = setInterval(() => touch(folder), beatMs);
  try {
    return await work();
  } finally {
    clearInterval(beating);
    rmSync(folder, { recursive: true, force: true });
  }
}

function take(folder: string): boolean {
  try {
    mkdirSync(folder);
    writeFileSync(join(folder, 'pid'), String(process.pid));
    return true;
  } catch {
    if (isOrphan(folder)) rmSync(folder, { recursive: true, force: true });
    return false;
  }
}

function isOrphan(folder: string): boolean {
  try {
    const pid = Number(readFileSync(join(folder, 'pid'), 'utf8'));
    if (pid > 0 && !isAlive(pid)) return true;
  } catch {
    // Between making the folder and writing the number, or gone again.
  }
  try {
    return Date.now() - statSync(folder).mtimeMs > orphanAfterMs;
  } catch {
    return false;
  }
}

function touch(folder: string): void {
  try {
    const now = new Date();
    utimesSync(folder, now, now);
  } catch {
    // Removed by hand: the work goes on all the same.
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
