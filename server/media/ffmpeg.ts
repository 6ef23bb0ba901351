import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { constants, getPriority, setPriority } from 'node:os';
import { finished } from 'node:stream/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import type { Readable, Writable } from 'node:stream';

/** Of what ffmpeg says is kept about so much: an error tells itself in its first lines. */
const MAX_WORDS_BYTES = 16_384;

/** Everything of it is read before anything of the input; no file but those that are named. */
const GLOBAL_ARGS = ['-nostdin', '-hide_banner', '-v', 'error', '-y'];
/** Before each input. */
export const INPUT_ARGS = ['-protocol_whitelist', 'file,pipe'] as const;

export interface FfmpegOptions {
  /** Path of the binary. */
  readonly ffmpegBin: string;
  /** util-linux' setpriv, where there is one: see `findSetpriv`. */
  readonly setprivBin: string | undefined;
}

export interface FfmpegRun {
  readonly args: readonly string[];
  /** Killed when it is aborted. */
  readonly signal?: AbortSignal;
  /** Killed then: something hangs. */
  readonly timeLimitMs: number;
  /** Where it works: relative paths are of this folder. */
  readonly cwd?: string;
  /** More than that of its own data it does not get, where util-linux is there to see to it. */
  readonly memoryLimitBytes?: number;
}

/** ffmpeg at work. It reads what is written to `stdin`, and ends with this process or thread. */
export class Ffmpeg {
  readonly stdin: Writable;
  readonly stdout: Readable;
  /** Resolves when it ended well; rejects with what it complained of. Never unhandled. */
  readonly done: Promise<void>;
  readonly #child: ChildProcess;
  readonly #words: Buffer[] = [];

  static start({ ffmpegBin, setprivBin }: FfmpegOptions, run: FfmpegRun): Ffmpeg {
    const [file = ffmpegBin, ...args] = [
      ...(setprivBin === undefined ? [] : bonds(setprivBin, run)),
      ffmpegBin,
      ...GLOBAL_ARGS,
      ...run.args,
    ];
    const child = spawn(file, args, {
      ...(run.cwd === undefined ? {} : { cwd: run.cwd }),
      stdio: ['pipe', 'pipe', 'pipe'],
      ...(run.signal && { signal: run.signal }),
      killSignal: 'SIGKILL',
      timeout: run.timeLimitMs,
    });
    return new Ffmpeg(child);
  }

  private constructor(
    child: ChildProcess & { stdin: Writable; stdout: Readable; stderr: Readable },
  ) {
    this.#child = child;
    this.stdin = child.stdin;
    this.stdout = child.stdout;
    // Its end is told by `done`; a broken pipe is only a sign of it.
    child.stdin.on('error', () => undefined);
    this.done = this.#end(child.stderr);
    this.done.catch(() => undefined);
    lowerPriority(child.pid);
  }

  /** Writes, and waits while ffmpeg has enough. Rejects with ffmpeg's own complaint. */
  async write(bytes: Uint8Array): Promise<void> {
    if (this.stdin.write(bytes)) return;
    if (!this.stdin.destroyed) await drainedOrClosed(this.stdin);
    if (!this.stdin.destroyed) return;
    await this.done;
    throw new Error('ffmpeg ended before its input did');
  }

  /** The beginning of what it said on its standard error, once it is done. */
  get said(): string {
    return Buffer.concat(this.#words).toString();
  }

  /** No more input; nothing is expected on its output. */
  async finish(): Promise<void> {
    this.stdin.end();
    this.stdout.resume();
    await this.done;
  }

  /** Resolves once it is gone. */
  async kill(): Promise<void> {
    this.#child.kill('SIGKILL');
    await this.done.catch(() => undefined);
  }

  async #end(stderr: Readable): Promise<void> {
    let bytes = 0;
    stderr.on('data', (chunk: Buffer) => {
      if (bytes < MAX_WORDS_BYTES) this.#words.push(chunk);
      bytes += chunk.length;
    });
    const [code, killedBy] = await exitOf(this.#child);
    await finished(stderr).catch(() => undefined);
    if (code === 0) return;
    throw new Error(`ffmpeg ended with ${code ?? killedBy ?? 'no code'}: ${this.said.trim()}`);
  }
}

const drainedOrClosed = (stream: Writable): Promise<void> =>
  new Promise((resolve) => {
    const go = (): void => {
      stream.off('drain', go).off('close', go);
      resolve();
    };
    stream.on('drain', go).on('close', go);
  });

/** Also of one that could not be started. */
const exitOf = (child: ChildProcess): Promise<[code: number | null, signal: string | null]> =>
  new Promise((resolve, reject) => {
    let failure: Error | undefined;
    child.once('error', (error) => {
      failure = error;
      // Without a process there will be no exit.
      if (child.pid === undefined) reject(error);
    });
    child.once('close', (code, signal) => {
      if (failure && failure.name !== 'AbortError') reject(failure);
      else resolve([code, signal]);
    });
  });

/** Calls go first; what was started by something yet less urgent stays so. */
const lowerPriority = (pid: number | undefined): void => {
  if (pid === undefined) return;
  try {
    setPriority(pid, Math.max(getPriority(), constants.priority.PRIORITY_BELOW_NORMAL));
  } catch {
    // It has ended already.
  }
};

/** The kernel kills it when the thread that started it is gone, whatever the reason. */
const bonds = (setprivBin: string, { memoryLimitBytes }: FfmpegRun): string[] => [
  setprivBin,
  '--pdeathsig',
  'KILL',
  '--',
  ...(memoryLimitBytes === undefined
    ? []
    : [join(dirname(setprivBin), 'prlimit'), `--data=${memoryLimitBytes}`, '--']),
];

const SETPRIV_PATHS = ['/usr/bin/setpriv', '/bin/setpriv'];

/** The setpriv that can tie a child's life to ours; undefined where there is none (BusyBox' cannot). */
export const findSetpriv = async (): Promise<string | undefined> => {
  for (const path of SETPRIV_PATHS) {
    try {
      await promisify(execFile)(path, ['--pdeathsig', 'KILL', '--', '/bin/true']);
      return path;
    } catch {
      // The next one.
    }
  }
  return undefined;
};
