import './base/keepWasmWrappers.ts';
import { createApp } from './app.ts';
import { ConfigError, describeConfig, loadConfig } from './config.ts';
import { firstSignIn } from './firstAdministrator.ts';
import { NothingThereError } from './recordings/Recovery.ts';
import { StorageError } from './storage/StorageError.ts';

/** How long open calls may take to part before the process ends all the same. */
const CLOSE_TIMEOUT_MS = 10_000;
/** Ctrl-C under npm arrives twice; whoever signals again after this wants it to end now. */
const SECOND_SIGNAL_AFTER_MS = 1_000;

const fail = (error: unknown): never => {
  const known =
    error instanceof ConfigError ||
    error instanceof StorageError ||
    error instanceof NothingThereError;
  process.stderr.write(`${known ? error.message : String(error)}\n`);
  process.exit(1);
};

const run = async (): Promise<void> => {
  const config = loadConfig(process.env);
  const app = await createApp(config);
  let stoppedAt: number | undefined;
  const stop = (signal: string): void => {
    stoppedAt ??= Date.now();
    if (Date.now() - stoppedAt > SECOND_SIGNAL_AFTER_MS) process.exit(1);
    process.stdout.write(`${signal}: closing\n`);
    setTimeout(() => process.exit(1), CLOSE_TIMEOUT_MS).unref();
    app.close().then(() => process.exit(0), fail);
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  const url = await app.start();
  for (const line of describeConfig(config)) process.stdout.write(`${line}\n`);
  for (const warning of config.warnings) process.stdout.write(`Warning: ${warning}\n`);
  const signIn = firstSignIn(config.dataDir);
  if (signIn !== undefined) process.stdout.write(`${signIn}\n`);
  process.stdout.write(`Roomtone is listening on ${url}\n`);
};

run().catch(fail);
