import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { waitFor, within } from '../support/waitFor.ts';

const ROOT = join(import.meta.dirname, '../..');
const START_LIMIT_MS = 60_000;
/** Children see that their parent is gone, and end. */
const ORPHAN_LIMIT_MS = 5_000;

/** A process that belongs to a server: itself, its workers, its ffmpegs. */
export interface Helper {
  readonly pid: number;
  readonly command: string;
}

export interface ServerOptions {
  /** Modules that it loads before all others. */
  readonly preload?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

/** Process groups of all servers so far, with their folders. */
const groups = new Map<number, string>();

/** The real server as a process of its own, in a process group of its own, to be killed. */
export class KillableServer {
  readonly url: string;
  readonly adminKey: string;
  readonly #folder: string;
  readonly #child: ChildProcess;
  /** Resolves when it has ended, whoever ended it, with the time. */
  readonly gone: Promise<number>;

  /** On `folder`, where an earlier one may have left its data. */
  static async start(
    folder: string,
    { preload = [], env = {} }: ServerOptions = {},
  ): Promise<KillableServer> {
    const imports = preload.map((path) => `--import=${path}`);
    const child = spawn(process.execPath, [...imports, 'server/main.ts'], {
      cwd: ROOT,
      detached: true,
      stdio: ['ignore', 'pipe', 'inherit'],
      env: {
        PATH: process.env['PATH'],
        HOME: process.env['HOME'],
        PORT: '0',
        RTC_PORT: '0',
        WORKERS: '1',
        LOG_LEVEL: 'fatal',
        RENDER: 'asked',
        DATA_DIR: dataDir(folder),
        RECORDINGS_DIR: join(folder, 'recordings'),
        MEDIASOUP_WORKER_BIN: process.env['MEDIASOUP_WORKER_BIN'],
        FFMPEG_BIN: process.env['FFMPEG_BIN'],
        ...env,
      },
    });
    if (child.pid !== undefined) groups.set(child.pid, folder);
    try {
      const url = await within(START_LIMIT_MS, 'the server listens', listening(child));
      return new KillableServer(folder, child, url);
    } catch (error) {
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
      throw error;
    }
  }

  private constructor(folder: string, child: ChildProcess, url: string) {
    this.url = url;
    this.#folder = folder;
    this.#child = child;
    this.gone = once(child, 'exit').then(() => performance.now());
    this.adminKey = readFileSync(join(dataDir(folder), 'admin-key'), 'utf8').trim();
  }

  get pid(): number {
    return this.#child.pid!;
  }

  /** Its processes but itself whose command has this in it. */
  helpers(command: string): Helper[] {
    return processesOf(this.#folder).filter(
      (found) => found.pid !== this.pid && found.command.includes(command),
    );
  }

  /** SIGKILL: alone, or with all that it started. Resolves with the time just before. */
  async kill(whom: 'alone' | 'group'): Promise<number> {
    const atMs = performance.now();
    if (this.#hasEnded) return this.gone;
    process.kill(whom === 'group' ? -this.pid : this.pid, 'SIGKILL');
    await this.gone;
    return atMs;
  }

  /** In good order. Idempotent. */
  async close(): Promise<void> {
    if (this.#hasEnded) return;
    this.#child.kill('SIGTERM');
    await within(20_000, 'the server ends', this.gone);
  }

  get #hasEnded(): boolean {
    return this.#child.exitCode !== null || this.#child.signalCode !== null;
  }
}

/** What is still there of the servers on `folder` after a while; ends it. */
export const endLeftovers = async (folder: string): Promise<Helper[]> => {
  try {
    await waitFor(
      'no process is left',
      () => processesOf(folder),
      ({ length }) => length === 0,
      { timeoutMs: ORPHAN_LIMIT_MS },
    );
    return [];
  } catch {
    const left = processesOf(folder);
    for (const { pid } of left) process.kill(pid, 'SIGKILL');
    return left;
  }
};

const dataDir = (folder: string): string => join(folder, 'data');

const listening = async (child: ChildProcess): Promise<string> => {
  for await (const line of createInterface({ input: child.stdout! })) {
    const url = /listening on (http\S+)/.exec(line)?.[1];
    if (url !== undefined) {
      // Nobody reads what it says from now on.
      child.stdout!.resume();
      return url;
    }
  }
  throw new Error('the server ended before it listened');
};

/** Those of its process group, and those that went away with its environment. */
const processesOf = (folder: string): Helper[] => {
  const mark = `DATA_DIR=${dataDir(folder)}`;
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        // pid (command) state parent group ...; the command may have any character in it.
        const [state, , group] = readFileSync(`/proc/${name}/stat`, 'utf8')
          .replace(/^.*\) /s, '')
          .split(' ');
        const environment = readFileSync(`/proc/${name}/environ`, 'utf8').split('\0');
        const ours = groups.get(Number(group)) === folder || environment.includes(mark);
        if (state === 'Z' || !ours) return [];
        const command = readFileSync(`/proc/${name}/cmdline`, 'utf8').replaceAll('\0', ' ');
        return [{ pid: Number(name), command }];
      } catch {
        // It ended while one looked, or it is somebody else's.
        return [];
      }
    });
};
