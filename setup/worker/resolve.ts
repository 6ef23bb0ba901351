import { join } from 'node:path';
import { readJson } from '../json-file.ts';
import { withLock } from '../lock.ts';
import { cacheDir, inRepo } from '../paths.ts';
import type { Env } from '../paths.ts';
import { say } from '../say.ts';
import { SetupError } from '../SetupError.ts';
import { buildWorker } from './build.ts';
import { findCached, setAside } from './cache.ts';
import { downloadPrebuilt } from './prebuilt.ts';
import { recipeHash } from './recipe.ts';
import { trust } from './trust.ts';

/** The path of a worker that was proved on this machine; makes one when there is none. */
export async function resolveWorker(env: Env): Promise<string> {
  const given = env['MEDIASOUP_WORKER_BIN'];
  if (given) {
    const verdict = await trust(given, env);
    if (verdict.good) return given;
    throw new SetupError(`MEDIASOUP_WORKER_BIN is ${given}, but ${verdict.reason}.`, {
      cure: 'Correct MEDIASOUP_WORKER_BIN, or leave it out and a worker is seen to.',
    });
  }

  const wanted = wantedWorker();
  const folder = cacheDir(env, 'worker');
  const kept = await firstTrusted(
    findCached(folder, wanted).map(({ path }) => path),
    env,
  );
  if (kept) return kept;

  return withLock(join(folder, 'lock'), () => makeWorker(folder, wanted, env), sayWaiting);
}

function sayWaiting(): void {
  say('worker', 'another set-up is making it: waiting');
}

/** What a cached worker must have been made for. */
export function wantedWorker() {
  const { version } = readJson(inRepo('node_modules', 'mediasoup', 'package.json'));
  if (typeof version !== 'string') {
    throw new SetupError('mediasoup is not installed.', { cure: 'Run: npm ci --ignore-scripts' });
  }
  return {
    mediasoup: version,
    machine: `${process.platform}-${process.arch}`,
    recipe: recipeHash(),
  };
}

async function makeWorker(
  folder: string,
  wanted: ReturnType<typeof wantedWorker>,
  env: Env,
): Promise<string> {
  const sources: (() => Promise<string | undefined>)[] = [
    // Whoever held the lock before may have made it.
    async () => findCached(folder, wanted)[0]?.path,
    () => downloadPrebuilt(folder, wanted.mediasoup, repository(), wanted.machine, env),
    () => buildWorker(folder, wanted, env),
  ];
  for (const source of sources) {
    const path = await source();
    const trusted = path === undefined ? undefined : await firstTrusted([path], env);
    if (trusted) return trusted;
  }
  throw new SetupError('No mediasoup worker works on this machine.', {
    cure: 'Set MEDIASOUP_WORKER_BIN to a mediasoup-worker of the same version that runs here.',
  });
}

async function firstTrusted(paths: readonly string[], env: Env): Promise<string | undefined> {
  for (const path of paths) {
    const verdict = await trust(path, env);
    if (verdict.good) return path;
    say('worker', `not used, and set aside as ${setAside(path)}: ${verdict.reason}`);
  }
  return undefined;
}

function repository(): string {
  const { repository: found } = readJson(inRepo('node_modules', 'mediasoup', 'package.json'));
  if (typeof found === 'object' && found !== null && 'url' in found) return String(found.url);
  return '';
}
