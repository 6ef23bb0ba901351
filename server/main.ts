import { createApp } from './app.ts';
import { ConfigError, describeConfig, loadConfig } from './config.ts';

/** How long open calls may take to part before the process ends all the same. */
const CLOSE_TIMEOUT_MS = 10_000;

const fail = (error: unknown): never => {
  const known = error instanceof ConfigError;
  process.stderr.write(`${known ? error.message : String(error)}\n`);
  process.exit(1);
};

const run = async (): Promise<void> => {
  const config = loadConfig(process.env);
  const app = await createApp(config);
  const stop = (signal: string): void => {
    process.stdout.write(`${signal}: closing\n`);
    setTimeout(() => process.exit(1), CLOSE_TIMEOUT_MS).unref();
    process.once(signal, () => process.exit(1));
    app.close().then(() => process.exit(0), fail);
  };
  process.once('SIGTERM', () => stop('SIGTERM'));
  process.once('SIGINT', () => stop('SIGINT'));
  const url = await app.start();
  for (const line of describeConfig(config)) process.stdout.write(`${line}\n`);
  for (const warning of config.warnings) process.stdout.write(`Warning: ${warning}\n`);
  process.stdout.write(`Roomtone is listening on ${url}\n`);
};

run().catch(fail);
