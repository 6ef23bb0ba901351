import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { pinTo, type Core } from '../measure/cores.ts';
import type { AnswerMessage, CallMessage, Calls, ReadyMessage } from './calls.ts';

const READY_TIMEOUT_MS = 20_000;
const CLOSE_TIMEOUT_MS = 5_000;

interface Waiting {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
}

/** A process of the bench: a Node script beside this file, pinned to one core with its children. */
export class HostProcess<C extends Calls> {
  readonly #child: ChildProcess;
  readonly #waiting = new Map<number, Waiting>();
  #nextId = 1;

  /** @param script such as `ours.ts`, in this folder. */
  static async start<C extends Calls>(script: string, core: Core): Promise<HostProcess<C>> {
    const path = fileURLToPath(new URL(script, import.meta.url));
    const [command, ...args] = pinTo(core, [process.execPath, '--expose-gc', path]);
    const child = spawn(command ?? process.execPath, args, {
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    const host = new HostProcess<C>(child);
    const signal = AbortSignal.timeout(READY_TIMEOUT_MS);
    const [first] = (await Promise.race([
      once(child, 'message', { signal }),
      once(child, 'exit', { signal }).then(() => [{}]),
    ])) as [Partial<ReadyMessage>];
    if (!first.ready) throw new Error(`${script} did not start`);
    return host;
  }

  private constructor(child: ChildProcess) {
    this.#child = child;
    child.on('message', (message: AnswerMessage | ReadyMessage) => {
      if ('answer' in message) this.#settle(message);
    });
    child.once('exit', (code) => {
      for (const { reject } of this.#waiting.values()) reject(new Error(`Ended with ${code}`));
      this.#waiting.clear();
    });
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  call<N extends keyof C & string>(
    name: N,
    ...args: Parameters<C[N]>
  ): Promise<Awaited<ReturnType<C[N]>>> {
    const call = this.#nextId++;
    return new Promise((resolve, reject) => {
      this.#waiting.set(call, { resolve: (value) => resolve(value as never), reject });
      this.#child.send({ call, name, args } satisfies CallMessage);
    });
  }

  /** Its own end first: it takes its children and files along. */
  async close(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const ended = once(this.#child, 'exit');
    const timer = setTimeout(() => this.#child.kill('SIGKILL'), CLOSE_TIMEOUT_MS);
    this.call('close', ...([] as unknown as Parameters<C['close']>)).catch(() => {});
    await ended;
    clearTimeout(timer);
  }

  #settle({ answer, value, error }: AnswerMessage): void {
    const waiting = this.#waiting.get(answer);
    this.#waiting.delete(answer);
    if (error === undefined) waiting?.resolve(value);
    else waiting?.reject(new Error(error));
  }
}
