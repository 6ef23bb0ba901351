import { cpSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { needPackages } from '../apt.ts';
import { shortHash } from '../hash.ts';
import { inRepo } from '../paths.ts';
import type { Env } from '../paths.ts';
import { lastLines, run } from '../run.ts';
import type { Finished } from '../run.ts';
import { duration, say } from '../say.ts';
import { SetupError } from '../SetupError.ts';
import { withTemporary } from '../temporary.ts';
import { binaryName, keep } from './cache.ts';
import { ninjaProgress } from './ninja-progress.ts';
import { buildSrtp } from './srtp.ts';

/** Debian's names for all that the build uses. */
const packages = [
  'cmake',
  'g++',
  'ninja-build',
  'patch',
  'xz-utils',
  'libuv1-dev',
  'libssl-dev',
  'libsrtp2-dev',
  'libabsl-dev',
  'libflatbuffers-dev',
  'flatbuffers-compiler',
];
const sourceFolders = ['src', 'include', 'deps', 'fbs'];

/** Builds the worker from the sources inside the mediasoup package, into the cache. */
export async function buildWorker(
  cache: string,
  wanted: { mediasoup: string; machine: string; recipe: string },
  env: Env,
): Promise<string> {
  await needPackages('worker', packages, env);
  const startedAt = Date.now();
  return withTemporary('worker', async (folder) => {
    const source = await patchedCopy(join(folder, 'worker'));

    say('worker', 'building libsrtp2 on OpenSSL (10 s)');
    const srtp = await buildSrtp(join(folder, 'srtp'), env);
    if (!srtp) say('worker', "its source can't be had: taking the packaged one, which is slower");

    const jobs = availableParallelism();
    say('worker', `building the worker from its sources with ${jobs} jobs (2 to 5 min, once)`);
    const built = join(folder, 'build');
    const options = [`-DWORKER_SOURCE=${source}`, `-DSRTP_PREFIX=${srtp ?? ''}`];
    const recipe = inRepo('setup', 'worker');
    expectDone(await run('cmake', ['-G', 'Ninja', '-S', recipe, '-B', built, ...options]), 'cmake');
    const onLine = ninjaProgress((text) => say('worker', text));
    expectDone(await run('ninja', ['-C', built, '-j', String(jobs)], { onLine }), 'ninja');

    const path = keep(cache, join(built, binaryName), {
      ...wanted,
      made: 'built',
      crypto: srtp ? 'openssl' : 'nss',
      compiler: shortHash((await run('c++', ['--version'])).stdout),
    });
    say('worker', `built in ${duration(Date.now() - startedAt)}`);
    return path;
  });
}

/** node_modules stays as it was: the patch goes onto a copy. */
async function patchedCopy(source: string): Promise<string> {
  for (const name of sourceFolders) {
    cpSync(inRepo('node_modules', 'mediasoup', 'worker', name), join(source, name), {
      recursive: true,
    });
  }
  const patch = inRepo('setup', 'worker', 'dtls-bio-return.patch');
  expectDone(await run('patch', ['-p1', '--batch', '-i', patch], { cwd: source }), 'patch');
  return source;
}

function expectDone(finished: Finished, tool: string): void {
  if (finished.code === 0) return;
  throw new SetupError(`${tool} failed while building the worker:\n${lastLines(finished, 25)}`, {
    cure: 'Set MEDIASOUP_WORKER_BIN to a mediasoup-worker of the same version that runs here.',
  });
}
