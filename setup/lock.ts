import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

/** A lock without a live owner's number in it is taken over after this. */
const orphanAfterMs = 5000;
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
  try {
    return await work();
  } finally {
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
    if (pid > 0) return !isAlive(pid);
  } catch {
    // Between making the folder and writing the number, or gone again.
  }
  try {
    return Date.now() - statSync(folder).mtimeMs > orphanAfterMs;
  } catch {
    return false;
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
