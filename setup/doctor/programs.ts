import { presentFfmpeg, ffmpegProblem } from '../ffmpeg.ts';
import { cacheDir } from '../paths.ts';
import type { Env } from '../paths.ts';
import { findCached } from '../worker/cache.ts';
import { wantedWorker } from '../worker/resolve.ts';
import { trust } from '../worker/trust.ts';
import { green, red, yellow } from './line.ts';
import type { Line } from './line.ts';

const wantedMajor = 24;

export function checkNode(): Line {
  const { node } = process.versions;
  return Number(node.split('.')[0]) >= wantedMajor
    ? green('Node', node)
    : red('Node', node, 'Install Node.js 24 or newer.');
}

export async function checkWorker(env: Env): Promise<Line> {
  const given = env['MEDIASOUP_WORKER_BIN'];
  const cached = given ? undefined : findCached(cacheDir(env, 'worker'), wantedWorker())[0];
  const path = given || cached?.path;
  if (path === undefined) {
    return red('worker', 'none yet', 'Run npm start once: it downloads or builds one.');
  }
  const verdict = await trust(path, env);
  if (!verdict.good) {
    return given
      ? red('worker', `${path}: ${verdict.reason}`, 'Correct MEDIASOUP_WORKER_BIN.')
      : red('worker', `${path}: ${verdict.reason}`, 'Run npm start: it makes a new one.');
  }
  const made = cached ? `${cached.record.made}, SRTP by ${cached.record.crypto}` : 'as configured';
  const found = `runs, proved by a connection (${made})`;
  return cached?.record.crypto === 'nss'
    ? yellow('worker', found, 'It is slower than on OpenSSL: let apt-get fetch source packages.')
    : green('worker', found);
}

export async function checkFfmpeg(env: Env): Promise<Line> {
  const problems: string[] = [];
  for (const path of presentFfmpeg(env)) {
    const problem = await ffmpegProblem(path, env);
    if (problem === undefined) return green('ffmpeg', `${path}, with all encoders`);
    problems.push(`${path}: ${problem}`);
  }
  return red(
    'ffmpeg',
    problems.join('; ') || 'none',
    env['FFMPEG_BIN']
      ? 'Correct FFMPEG_BIN.'
      : 'Install ffmpeg, or set FFMPEG_BIN to a full build.',
  );
}
