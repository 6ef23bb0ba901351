import { installCommand } from './apt.ts';
import type { Env } from './paths.ts';
import { SetupError } from './SetupError.ts';

export type StepName = 'worker' | 'ffmpeg' | 'client' | 'chromium';

/** Each gives the environment variables that it has found out. Imported only when asked for. */
const steps: { [N in StepName]: (env: Env) => Promise<Env> } = {
  worker: async (env) => {
    const { resolveWorker } = await import('./worker/resolve.ts');
    return { MEDIASOUP_WORKER_BIN: await resolveWorker(env) };
  },
  ffmpeg: async (env) => {
    const { resolveFfmpeg } = await import('./ffmpeg.ts');
    return { FFMPEG_BIN: await resolveFfmpeg(env) };
  },
  client: async (env) => {
    const { buildClient } = await import('./client.ts');
    await buildClient(env);
    return {};
  },
  chromium: async (env) => {
    const { resolveChromium } = await import('./chromium.ts');
    return { CHROMIUM_BIN: await resolveChromium(env) };
  },
};

/** Takes the steps side by side; all that went wrong is told together, as one thing to do. */
export async function takeSteps(names: readonly StepName[], env: Env): Promise<Env> {
  const results = await Promise.allSettled(names.map((name) => steps[name](env)));
  const failures: SetupError[] = [];
  for (const result of results) {
    if (result.status === 'fulfilled') continue;
    if (!(result.reason instanceof SetupError)) throw result.reason;
    failures.push(result.reason);
  }
  if (failures.length > 0) throw together(failures);
  const found = results.map((result) => (result.status === 'fulfilled' ? result.value : {}));
  return Object.assign({}, ...found) as Env;
}

/** Several failures as one, with one command for all the packages that are missing. */
export function together(failures: readonly SetupError[]): SetupError {
  const packages = [...new Set(failures.flatMap((failure) => failure.packages))];
  const cures = failures.filter((failure) => failure.packages.length === 0).map(({ cure }) => cure);
  if (packages.length > 0) cures.push(`Run: ${installCommand(packages)}`);
  const message = failures.map((failure) => failure.message).join('\n');
  return new SetupError(message, { cure: [...new Set(cures)].join('\n→ '), packages });
}
