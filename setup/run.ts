import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import type { Env } from './paths.ts';

export interface Finished {
  /** 127 when it could not be started, 128 + signal when a signal ended it. */
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  readonly timedOut: boolean;
}

export interface RunOptions {
  cwd?: string;
  env?: Env;
  input?: string;
  /** After so long the whole process group is killed. */
  timeoutMs?: number;
  onLine?: (line: string) => void;
}

const running = new Set<() => void>();

/** From now on a signal that ends this process ends its children first, and cleans up. */
export function endWithChildren(): void {
  process.once('exit', () => running.forEach((end) => end()));
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(signal, () => process.exit(exitCode(null, signal)));
  }
}

/** Runs a program to its end and keeps what it printed. Never rejects. */
export function run(
  command: string,
  args: readonly string[],
  options: RunOptions = {},
): Promise<Finished> {
  return new Promise((resolve) => {
    const limited = options.timeoutMs !== undefined;
    const child = spawn(command, args, {
      cwd: options.cwd,
      env: options.env,
      stdio: [options.input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
      // A group of its own, so that the time limit reaches its children too.
      detached: limited,
    });
    let stdout = '';
    let stderr = '';
    let rest = '';
    let timedOut = false;

    const end = () => (limited ? killGroup(child.pid) : child.kill());
    running.add(end);
    const timer = limited
      ? setTimeout(() => {
          timedOut = true;
          killGroup(child.pid);
        }, options.timeoutMs)
      : undefined;

    child.stdout?.setEncoding('utf8').on('data', (chunk: string) => {
      stdout += chunk;
      if (!options.onLine) return;
      const lines = (rest + chunk).split(/[\r\n]/);
      rest = lines.pop() ?? '';
      for (const line of lines) options.onLine(line);
    });
    child.stderr?.setEncoding('utf8').on('data', (chunk: string) => {
      stderr += chunk;
    });
    child.stdin?.on('error', () => undefined).end(options.input);

    child.once('error', (error) => {
      clearTimeout(timer);
      running.delete(end);
      resolve({ code: 127, stdout, stderr: stderr + error.message, timedOut });
    });
    child.once('close', (code, signal) => {
      clearTimeout(timer);
      running.delete(end);
      resolve({ code: exitCode(code, signal), stdout, stderr, timedOut });
    });
  });
}

/** Runs a program on this terminal and gives its exit code; signals go on to it. */
export function runHere(command: string, args: readonly string[], env: Env): Promise<number> {
  return new Promise((resolve) => {
    const child = spawn(command, args, { env, stdio: 'inherit' });
    const stop = passSignals((signal) => child.kill(signal));
    child.once('error', (error) => {
      console.error(`${command}: ${error.message}`);
      stop();
      resolve(127);
    });
    child.once('exit', (code, signal) => {
      stop();
      resolve(exitCode(code, signal));
    });
  });
}

/** Ends this program's part: the given Node script takes its place, with its process id where possible. */
export async function become(args: readonly string[], env: Env): Promise<never> {
  if (process.execve) {
    const plain = Object.entries(env).filter((entry) => entry[1] !== undefined);
    process.execve(process.execPath, [process.execPath, ...args], Object.fromEntries(plain));
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.removeAllListeners(signal);
  process.exit(await runHere(process.execPath, args, env));
}

/** The last lines of what a failed program printed, to show a person. */
export function lastLines(finished: Finished, count = 12): string {
  return `${finished.stdout}\n${finished.stderr}`.trim().split('\n').slice(-count).join('\n');
}

function exitCode(code: number | null, signal: NodeJS.Signals | null): number {
  return code ?? (signal ? 128 + constants.signals[signal] : 1);
}

function killGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // It has just ended by itself.
  }
}

function passSignals(send: (signal: NodeJS.Signals) => void): () => void {
  const onTerm = () => send('SIGTERM');
  const onHangup = () => send('SIGHUP');
  // A terminal sends Ctrl-C to the child as well: once is enough.
  const onInterrupt = () => {
    if (!process.stdin.isTTY) send('SIGINT');
  };
  process.on('SIGTERM', onTerm).on('SIGHUP', onHangup).on('SIGINT', onInterrupt);
  return () => {
    process.off('SIGTERM', onTerm).off('SIGHUP', onHangup).off('SIGINT', onInterrupt);
  };
}
