import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileHash } from '../hash.ts';
import { writeJson } from '../json-file.ts';
import { cacheDir, inRepo, isExecutable } from '../paths.ts';
import type { Env } from '../paths.ts';
import { lastLines, run } from '../run.ts';
import type { Finished } from '../run.ts';
import { say } from '../say.ts';

/** Without its parent's environment the worker ends with this code: so its libraries were found. */
const startedWithoutParentCode = 41;
const startLimitMs = 10_000;
/** A proof takes under a second; a loaded machine gets much more before the worker is given up. */
const proofLimitMs = 45_000;

export interface Verdict {
  readonly good: boolean;
  readonly reason: string;
}

/** Whether the binary runs here and has once, on this machine, carried a WebRTC connection. */
export async function trust(path: string, env: Env): Promise<Verdict> {
  if (!isExecutable(path)) return { good: false, reason: 'there is no program of that name' };
  const started = await run(path, [], { env: {}, timeoutMs: startLimitMs });
  if (started.code !== startedWithoutParentCode) {
    return { good: false, reason: `it does not start here: ${lastLines(started, 3)}` };
  }
  const proof = join(cacheDir(env, 'worker', 'proofs'), `${fileHash(path)}.json`);
  if (existsSync(proof)) return { good: true, reason: 'proved before' };

  let before = Date.now();
  let result = await tryConnection(path);
  if (result.code !== 0) {
    // Making a worker takes minutes: it is not given up because of one bad moment.
    before = Date.now();
    result = await tryConnection(path);
  }
  if (result.code !== 0) {
    const told = result.timedOut
      ? `no connection after ${proofLimitMs / 1000} s`
      : lastLines(result);
    return { good: false, reason: `a trial connection failed: ${told}` };
  }
  const tookMs = Date.now() - before;
  writeJson(proof, { provedAt: new Date().toISOString(), tookMs });
  say('worker', `proved by a trial connection (ICE, DTLS, SRTP) in ${tookMs} ms`);
  return { good: true, reason: 'proved now' };
}

function tryConnection(path: string): Promise<Finished> {
  const args = [inRepo('setup', 'worker', 'prove.ts'), path];
  return run(process.execPath, args, { timeoutMs: proofLimitMs });
}
