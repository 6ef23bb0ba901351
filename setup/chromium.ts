import { needPackages } from './apt.ts';
import { isExecutable, onPath } from './paths.ts';
import type { Env } from './paths.ts';
import { SetupError } from './SetupError.ts';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** The path of the browser that the tests drive. */
export async function resolveChromium(env: Env): Promise<string> {
  const given = env['CHROMIUM_BIN'];
  if (given) {
    if (isExecutable(given)) return given;
    throw new SetupError(`CHROMIUM_BIN is ${given}, but there is no program of that name.`, {
      cure: 'Correct CHROMIUM_BIN, or leave it out and a browser is seen to.',
    });
  }
  const found = find(env);
  if (found) return found;
  await needPackages('chromium', ['chromium', 'fonts-dejavu-core'], env);
  const installed = find(env);
  if (installed) return installed;
  throw new SetupError('No Chromium was found for the tests.', {
    cure: 'Set CHROMIUM_BIN to a Chromium or Chrome.',
  });
}

function find(env: Env): string | undefined {
  for (const name of names) {
    const path = onPath(name, env);
    if (path) return path;
  }
  return undefined;
}
