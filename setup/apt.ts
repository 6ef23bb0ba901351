import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { withLock } from './lock.ts';
import { cacheDir, onPath } from './paths.ts';
import type { Env } from './paths.ts';
import { lastLines, run } from './run.ts';
import { say } from './say.ts';
import { SetupError } from './SetupError.ts';

const listsFolder = '/var/lib/apt/lists';
/** Older package lists name versions that the mirrors no longer have. */
const listsStaleAfterMs = 24 * 60 * 60 * 1000;
/** Another apt (an unattended upgrade, say) may hold the lock for minutes. */
const lockWaitSeconds = 600;

export function installCommand(packages: readonly string[]): string {
  return `sudo apt-get update && sudo apt-get install --no-install-recommends -y ${packages.join(' ')}`;
}

/** Sees to it that Debian packages are installed: by apt when root, else by asking for it. */
export async function needPackages(
  step: string,
  packages: readonly string[],
  env: Env,
): Promise<void> {
  const missing = await missingPackages(packages);
  if (missing.length === 0) return;

  if (!onPath('apt-get', env)) {
    throw new SetupError(`${step} needs what Debian calls ${missing.join(', ')}.`, {
      cure: "Install these with your system's package manager and start again.",
    });
  }
  if (process.getuid?.() !== 0) {
    throw new SetupError(`${step} needs the packages ${missing.join(', ')}.`, {
      cure: `Run: ${installCommand(missing)}`,
      packages: missing,
    });
  }

  await withLock(join(cacheDir(env), 'apt.lock'), async () => {
    say(step, `installing ${missing.join(', ')} (a minute or so)`);
    const fresh = listsAreFresh();
    if (!fresh) await apt(['update'], env);
    let result = await apt(['install', '-y', '--no-install-recommends', ...missing], env);
    if (result.code !== 0 && fresh) {
      await apt(['update'], env);
      result = await apt(['install', '-y', '--no-install-recommends', ...missing], env);
    }
    if (result.code !== 0) {
      throw new SetupError(
        `apt-get could not install ${missing.join(', ')}:\n${lastLines(result)}`,
        {
          cure: `Find out why, then run: ${installCommand(missing)}`,
          packages: missing,
        },
      );
    }
  });
}

async function missingPackages(packages: readonly string[]): Promise<string[]> {
  const { stdout } = await run('dpkg-query', [
    '-W',
    '-f=${db:Status-Status} ${Package}\n',
    ...packages,
  ]);
  const installed = new Set(stdout.split('\n'));
  return packages.filter((name) => !installed.has(`installed ${name}`));
}

function apt(args: readonly string[], env: Env) {
  return run('apt-get', ['-q', '-o', `DPkg::Lock::Timeout=${lockWaitSeconds}`, ...args], {
    env: { ...env, DEBIAN_FRONTEND: 'noninteractive' },
  });
}

function listsAreFresh(): boolean {
  try {
    return readdirSync(listsFolder)
      .filter((name) => name.includes('_Packages'))
      .some((name) => Date.now() - statSync(join(listsFolder, name)).ctimeMs < listsStaleAfterMs);
  } catch {
    return false;
  }
}
