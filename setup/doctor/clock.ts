import { statSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import { inRepo, onPath } from '../paths.ts';
import type { Env } from '../paths.ts';
import { run } from '../run.ts';
import { green, grey, red } from './line.ts';
import type { Line } from './line.ts';

/** Tokens and recordings bear a minute, not more. */
const behindMs = 60_000;
const jumpMs = 200;
const askLimitMs = 3000;

/** Takes the time now; the answer, later, tells whether the clock has jumped in between. */
export function watchClock(): () => number {
  const wallMs = Date.now();
  const steadyMs = performance.now();
  return () => Math.abs(Date.now() - wallMs - (performance.now() - steadyMs));
}

export async function checkClock(env: Env, jumped: () => number): Promise<Line> {
  const cure = 'Let a time service (chrony, systemd-timesyncd) set the clock of this machine.';
  const newestMs = statSync(inRepo('package.json')).mtimeMs;
  if (newestMs - Date.now() > behindMs) {
    return red('clock', `it is ${new Date().toISOString()}, before files were written`, cure);
  }
  const synchronised = await askTimedatectl(env);
  const byMs = Math.round(jumped());
  if (byMs > jumpMs) return red('clock', `it jumped by ${byMs} ms just now`, cure);
  if (synchronised === undefined) return grey('clock', 'steady; nothing here knows if it is right');
  return synchronised
    ? green('clock', 'set by a time service')
    : red('clock', 'not set by a time service', cure);
}

async function askTimedatectl(env: Env): Promise<boolean | undefined> {
  if (!onPath('timedatectl', env)) return undefined;
  const args = ['show', '--property=NTPSynchronized', '--value'];
  const { code, stdout } = await run('timedatectl', args, { timeoutMs: askLimitMs });
  return code === 0 ? stdout.trim() === 'yes' : undefined;
}
