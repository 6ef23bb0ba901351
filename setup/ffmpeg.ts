import { existsSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { needPackages } from './apt.ts';
import { missingEncoders, parseEncoders } from './encoders.ts';
import { readJson, writeJson } from './json-file.ts';
import { cacheDir, inRepo, isExecutable, onPath } from './paths.ts';
import type { Env } from './paths.ts';
import { run } from './run.ts';
import { say } from './say.ts';
import { SetupError } from './SetupError.ts';

const answerLimitMs = 5000;
const downloadLimitMs = 240_000;
const listLimitMs = 20_000;
/** On a closed machine the download is not tried again before that. */
const retryAfterMs = 7 * 24 * 60 * 60 * 1000;

const staticFolder = inRepo('node_modules', 'ffmpeg-static');
const staticBinary = join(staticFolder, 'ffmpeg');

/** The path of an ffmpeg that has all the encoders that are needed. */
export async function resolveFfmpeg(env: Env): Promise<string> {
  const given = env['FFMPEG_BIN'];
  if (given) {
    const problem = await ffmpegProblem(given, env);
    if (problem === undefined) return given;
    throw new SetupError(`FFMPEG_BIN is ${given}, but ${problem}.`, {
      cure: 'Correct FFMPEG_BIN, or leave it out and an ffmpeg is seen to.',
    });
  }
  const problems: string[] = [];
  for (const find of [staticFfmpeg, pathFfmpeg, aptFfmpeg]) {
    const path = await find(env);
    if (path === undefined) continue;
    const problem = await ffmpegProblem(path, env);
    if (problem === undefined) return path;
    problems.push(`${path}: ${problem}`);
  }
  throw new SetupError(`No usable ffmpeg. ${problems.join('; ')}.`, {
    cure: 'Set FFMPEG_BIN to a full build of ffmpeg.',
  });
}

/** Every ffmpeg that is there without doing anything for it, in the order of choice. */
export function presentFfmpeg(env: Env): string[] {
  const given = env['FFMPEG_BIN'];
  if (given) return [given];
  return [staticBinary, onPath('ffmpeg', env)].filter((path) => path !== undefined);
}

/** Why an ffmpeg will not do. Asks the program once, and again only when the file has changed. */
export async function ffmpegProblem(path: string, env: Env): Promise<string | undefined> {
  if (!isExecutable(path)) return 'there is no program of that name';
  const { size, mtimeMs } = statSync(path);
  const file = join(cacheDir(env), 'ffmpeg.json');
  const seen = readJson(file)[path];
  const version = `${size} ${mtimeMs}`;
  if (isGood(seen, version)) return undefined;

  const listed = await run(path, ['-hide_banner', '-encoders'], { timeoutMs: listLimitMs });
  if (listed.code !== 0) return 'it does not run here';
  const missing = missingEncoders(parseEncoders(listed.stdout));
  if (missing.length > 0) return `it lacks the encoders ${missing.join(', ')}`;
  writeJson(file, { ...readJson(file), [path]: { version } });
  return undefined;
}

function isGood(seen: unknown, version: string): boolean {
  return typeof seen === 'object' && seen !== null && 'version' in seen && seen.version === version;
}

/** ffmpeg-static's binary; its own install script is given one chance to fetch it. */
async function staticFfmpeg(env: Env): Promise<string | undefined> {
  if (existsSync(staticBinary)) return staticBinary;

  const info = readJson(join(staticFolder, 'package.json'));
  const tried = join(cacheDir(env), 'ffmpeg-static.json');
  const { version, at } = readJson(tried);
  if (version === info['version'] && typeof at === 'number' && Date.now() - at < retryAfterMs) {
    return undefined;
  }
  const downloadable = await answers(env['FFMPEG_BINARIES_URL'] || homepage(info));
  if (downloadable) {
    say('ffmpeg', 'downloading ffmpeg-static (80 MB; a minute or so)');
    const script = join(staticFolder, 'install.js');
    const result = await run(process.execPath, [script], { env, timeoutMs: downloadLimitMs });
    if (result.code === 0 && isExecutable(staticBinary)) return staticBinary;
    // The script writes in place: what it leaves behind may be half a file.
    rmSync(staticBinary, { force: true });
  }
  say('ffmpeg', "ffmpeg-static can't be downloaded here");
  writeJson(tried, { version: info['version'], at: Date.now() });
  return undefined;
}

function homepage(info: Partial<Record<string, unknown>>): string {
  const { repository } = info;
  if (typeof repository === 'object' && repository !== null && 'url' in repository) {
    return String(repository.url).replace(/^git\+/, '');
  }
  return '';
}

async function answers(url: string): Promise<boolean> {
  try {
    await fetch(url, { method: 'HEAD', signal: AbortSignal.timeout(answerLimitMs) });
    return true;
  } catch {
    return false;
  }
}

async function pathFfmpeg(env: Env): Promise<string | undefined> {
  return onPath('ffmpeg', env);
}

async function aptFfmpeg(env: Env): Promise<string | undefined> {
  await needPackages('ffmpeg', ['ffmpeg'], env);
  return onPath('ffmpeg', env);
}
