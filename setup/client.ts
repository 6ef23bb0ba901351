import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { treeHash } from './hash.ts';
import { withLock } from './lock.ts';
import { inRepo, root, toolEnv } from './paths.ts';
import type { Env } from './paths.ts';
import { run } from './run.ts';
import { duration, say } from './say.ts';
import { SetupError } from './SetupError.ts';

/** What the built pages depend on. */
const sources = ['client', 'server/protocol', 'package-lock.json', 'tsconfig.json'];
const stampName = '.built-from';

/** Builds the pages into client/dist when their sources have changed since the last time. */
export async function buildClient(env: Env): Promise<void> {
  const dist = inRepo('client', 'dist');
  const hash = treeHash(root, sources, (path) => /\.test\.tsx?$/.test(path));
  if (stampOf(dist) === hash) return;
  if (!existsSync(inRepo('client', 'vite.config.ts'))) {
    throw new SetupError('client/vite.config.ts is missing.', { cure: 'Make a complete clone.' });
  }

  mkdirSync(inRepo('.cache'), { recursive: true });
  await withLock(inRepo('.cache', 'client.lock'), async () => {
    if (stampOf(dist) === hash) return;
    say('client', 'building the pages (a few seconds)');
    const startedAt = Date.now();
    // Beside dist and renamed at the end: a server that runs never serves half of it.
    const incoming = inRepo('.cache', 'client-dist');
    const args = ['build', inRepo('client'), '--outDir', incoming, '--emptyOutDir'];
    const result = await run(
      inRepo('node_modules', '.bin', 'vite'),
      [...args, '--logLevel', 'warn'],
      {
        cwd: root,
        env: toolEnv(env),
      },
    );
    if (result.code !== 0) {
      throw new SetupError(`Vite could not build the pages:\n${complaint(result.stderr)}`, {
        cure: 'Correct the sources in client/ that it names.',
      });
    }
    writeFileSync(join(incoming, stampName), `${hash}\n`);
    const old = inRepo('.cache', 'client-dist-old');
    rmSync(old, { recursive: true, force: true });
    if (existsSync(dist)) renameSync(dist, old);
    renameSync(incoming, dist);
    rmSync(old, { recursive: true, force: true });
    say('client', `built in ${duration(Date.now() - startedAt)}`);
  });
}

function stampOf(dist: string): string | undefined {
  try {
    return readFileSync(join(dist, stampName), 'utf8').trim();
  } catch {
    return undefined;
  }
}

/** What Vite says is wrong, without where in Vite it noticed. */
function complaint(stderr: string): string {
  const lines = stripVTControlCharacters(stderr).trim().split('\n');
  const trace = lines.findIndex((line) => /^\s+at /.test(line));
  return lines.slice(0, trace === -1 ? undefined : trace).join('\n');
}
