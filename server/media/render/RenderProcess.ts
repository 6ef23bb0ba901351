import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { join, resolve as absolute } from 'node:path';
import { fileURLToPath } from 'node:url';
import { AppError } from '../../base/AppError.ts';
import { LAYOUT } from '../../recordings/layout.ts';
import {
  RenderFailure,
  type RenderControl,
  type Rendered,
  type Renderer,
  type RenderJob,
} from '../../recordings/Renderer.ts';
import type { FfmpegOptions } from '../ffmpeg.ts';
import type { FromRender, ToRender } from './messages.ts';

/** It draws a scene after the other; more is a leak. */
const MAX_HEAP_MB = 512;

/** Renders in a process of its own: whatever happens there, the server does not notice. */
export class RenderProcess implements Renderer {
  readonly #folder: string;
  readonly #ffmpeg: FfmpegOptions;

  /** `folder`: of all recordings. */
  constructor({ folder, ...ffmpeg }: FfmpegOptions & { folder: string }) {
    this.#folder = absolute(folder);
    this.#ffmpeg = ffmpeg;
  }

  async render(job: RenderJob, { signal, onProgress }: RenderControl): Promise<Rendered> {
    signal.throwIfAborted();
    const folder = join(this.#folder, job.record.id);
    const child = fork(fileURLToPath(new URL('./renderWorker.ts', import.meta.url)), {
      serialization: 'advanced',
      execArgv: [`--max-old-space-size=${MAX_HEAP_MB}`],
      // Nothing of the server's surroundings is needed there.
      env: {},
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    const kill = (): unknown => child.kill('SIGKILL');
    signal.addEventListener('abort', kill);
    const gone = once(child, 'exit');
    try {
      const outcome = outcomeOf(child, onProgress);
      child.send({ folder, job, ffmpeg: this.#ffmpeg } satisfies ToRender);
      return await outcome;
    } finally {
      signal.removeEventListener('abort', kill);
      kill();
      await gone;
      await rm(join(folder, LAYOUT.work, job.id), { recursive: true, force: true });
    }
  }
}

const outcomeOf = (child: ChildProcess, onProgress: (share: number) => void): Promise<Rendered> =>
  new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => {
      reject(new Error(`The process that renders ended with ${code ?? signal ?? 'nothing'}`));
    });
    child.on('message', (message) => {
      const news = message as FromRender;
      switch (news.type) {
        case 'progress':
          onProgress(news.share);
          return;
        case 'done':
          resolve(news.rendered);
          return;
        case 'failed':
          reject(errorOf(news));
      }
    });
  });

const errorOf = ({
  words,
  code,
  message,
  detail,
}: Extract<FromRender, { type: 'failed' }>): Error => {
  if (words) return new RenderFailure(message, { cause: detail });
  return code === undefined ? new Error(message) : new AppError(code, message);
};
