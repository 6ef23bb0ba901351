// What `node setup/run.mjs <command> [args…]` does once the packages are there and Node is new enough.
import { inRepo, toolEnv } from './paths.ts';
import type { Env } from './paths.ts';
import { become, endWithChildren } from './run.ts';
import { SetupError } from './SetupError.ts';
import { takeSteps } from './steps.ts';
import type { StepName } from './steps.ts';

interface Command {
  readonly steps: readonly StepName[];
  /** The script of the repository that then takes over, with its own arguments. */
  readonly script: readonly [string, ...string[]] | undefined;
}

const commands: Record<string, Command> = {
  start: { steps: ['worker', 'ffmpeg', 'client'], script: ['server/main.ts'] },
  test: {
    steps: ['worker', 'ffmpeg', 'client', 'chromium'],
    script: ['node_modules/vitest/vitest.mjs', 'run'],
  },
  check: { steps: [], script: ['setup/check.ts'] },
  bench: {
    steps: ['worker', 'ffmpeg', 'client', 'chromium'],
    script: ['test/bench/main.ts'],
  },
  // What the folders of recordings say, into the database.
  rebuild: { steps: [], script: ['server/rebuild.ts'] },
  doctor: { steps: [], script: ['setup/doctor.ts'] },
  // Set-up alone: `prepare worker client` takes these steps, `prepare` all.
  prepare: { steps: ['worker', 'ffmpeg', 'client', 'chromium'], script: undefined },
};

const [name = '', ...args] = process.argv.slice(2);
endWithChildren();
await carryOut(name, args, process.env);

async function carryOut(command: string, rest: readonly string[], env: Env): Promise<void> {
  const found = commands[command];
  if (!found) {
    console.error(`Unknown command "${command}". There are: ${Object.keys(commands).join(', ')}.`);
    process.exit(2);
  }
  try {
    if (!found.script) {
      await takeSteps(
        rest.length === 0 ? found.steps : found.steps.filter((step) => rest.includes(step)),
        env,
      );
      return;
    }
    const resolved = await takeSteps(found.steps, env);
    const [script, ...first] = found.script;
    await become([inRepo(script), ...first, ...rest], { ...toolEnv(env), ...resolved });
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    console.error(`\n${error.message}\n→ ${error.cure}`);
    process.exit(1);
  }
}
