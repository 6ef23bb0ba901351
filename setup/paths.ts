import { accessSync, constants, mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { SetupError } from './SetupError.ts';

export type Env = NodeJS.ProcessEnv;

export const root = fileURLToPath(new URL('..', import.meta.url));

/** A path inside the repository. */
export function inRepo(...parts: string[]): string {
  return join(root, ...parts);
}

/** Where things are kept that survive a fresh clone. Falls back to the clone when home is not writable. */
export function cacheDir(env: Env, ...parts: string[]): string {
  const base = env['XDG_CACHE_HOME'] || join(env['HOME'] || homedir(), '.cache');
  for (const candidate of [join(base, 'roomtone', ...parts), inRepo('.cache', ...parts)]) {
    try {
      mkdirSync(candidate, { recursive: true });
      accessSync(candidate, constants.W_OK);
      return candidate;
    } catch {
      // Read-only or not ours: the next one.
    }
  }
  throw new SetupError(`Neither ${base} nor ${inRepo('.cache')} can be written.`, {
    cure: 'Set XDG_CACHE_HOME to a folder that this user can write to.',
  });
}

export function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** The first program of that name on PATH. */
export function onPath(name: string, env: Env): string | undefined {
  return (env['PATH'] ?? '')
    .split(delimiter)
    .filter((folder) => folder !== '')
    .map((folder) => join(folder, name))
    .find(isExecutable);
}

/** The environment for children: this Node first, then the tools of node_modules. */
export function toolEnv(env: Env): Env {
  const folders = [dirname(process.execPath), inRepo('node_modules', '.bin'), env['PATH'] ?? ''];
  return { ...env, PATH: folders.join(delimiter) };
}
