import { createWriteStream } from 'node:fs';
import { release } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';
import type { Env } from '../paths.ts';
import { run } from '../run.ts';
import { say } from '../say.ts';
import { withTemporary } from '../temporary.ts';
import { binaryName, keep } from './cache.ts';
import type { WorkerRecord } from './cache.ts';

/** A closed machine should not be kept waiting for an answer that never comes. */
const answerLimitMs = 6000;
const downloadLimitMs = 180_000;

interface Release {
  readonly version: string;
  /** As package.json has it: git+https://host/….git */
  readonly repository: string;
  readonly platform: string;
  readonly arch: string;
  readonly kernel: string;
}

/** Where mediasoup's own install script (npm-scripts.mjs) would take the worker from. */
export function prebuiltUrl(wanted: Release, env: Env): string {
  const { version, repository, platform, arch, kernel } = wanted;
  const base =
    env['MEDIASOUP_WORKER_PREBUILT_DOWNLOAD_BASE_URL'] ||
    `${repository.replace(/^git\+/, '').replace(/\.git$/, '')}/releases/download`;
  const suffix = platform === 'linux' ? `-kernel${kernel.split('.')[0]}` : '';
  return `${base}/${version}/mediasoup-worker-${version}-${platform}-${arch}${suffix}.tgz`;
}

/** Downloads the authors' worker into the cache. Undefined when it cannot be had: that is no error. */
export async function downloadPrebuilt(
  cache: string,
  version: string,
  repository: string,
  machine: string,
  env: Env,
): Promise<string | undefined> {
  const { platform, arch } = process;
  const url = prebuiltUrl({ version, repository, platform, arch, kernel: release() }, env);
  return withTemporary('worker', async (folder) => {
    say('worker', `asking for the prebuilt worker ${version} (${answerLimitMs / 1000} s at most)`);
    const archive = join(folder, 'worker.tgz');
    if (!(await download(url, archive))) {
      say('worker', 'no prebuilt worker can be downloaded here');
      return undefined;
    }
    const unpacked = await run('tar', ['-xzf', archive, '-C', folder, binaryName]);
    if (unpacked.code !== 0) {
      say('worker', 'the prebuilt worker is not a readable archive');
      return undefined;
    }
    const record: WorkerRecord = {
      mediasoup: version,
      machine,
      made: 'prebuilt',
      crypto: 'openssl',
      recipe: '',
      compiler: '',
    };
    return keep(cache, join(folder, binaryName), record);
  });
}

async function download(url: string, file: string): Promise<boolean> {
  const abort = new AbortController();
  let timer = setTimeout(() => abort.abort(), answerLimitMs);
  try {
    const response = await fetch(url, { signal: abort.signal });
    if (!response.ok || !response.body) return false;
    clearTimeout(timer);
    timer = setTimeout(() => abort.abort(), downloadLimitMs);
    const body = Readable.fromWeb(response.body as ReadableStream<Uint8Array>);
    await pipeline(body, createWriteStream(file));
    return true;
  } catch {
    return false;
  } finally {
    clearTimeout(timer);
  }
}
