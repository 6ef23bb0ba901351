import { spawnSync } from 'node:child_process';
import { constants, setPriority } from 'node:os';
import { AppError } from '../../base/AppError.ts';
import { RenderFailure } from '../../recordings/Renderer.ts';
import type { FromRender, ToRender } from './messages.ts';
import { renderRecording } from './renderRecording.ts';

/** A process that makes one render, and ends with the server. */

const tell = (message: FromRender): void => {
  process.send?.(message);
};

const work = async ({ folder, job, ffmpeg }: ToRender): Promise<void> => {
  try {
    const rendered = await renderRecording({
      ...ffmpeg,
      folder,
      job,
      onProgress: (share) => tell({ type: 'progress', share }),
    });
    tell({ type: 'done', rendered });
  } catch (error) {
    const code = error instanceof AppError ? { code: error.code } : {};
    const message = error instanceof Error ? error.message : String(error);
    const cause = error instanceof Error ? error.cause : undefined;
    const detail = cause instanceof Error ? { detail: cause.message } : {};
    tell({ type: 'failed', words: error instanceof RenderFailure, ...code, message, ...detail });
  }
  process.disconnect();
};

/**
 * Only what nobody else wants of the cores, where the system can do that (SCHED_IDLE, by util-linux' chrt):
 * what is merely niced keeps calls waiting for milliseconds. Its ffmpegs inherit it.
 */
const standBack = (): void => {
  setPriority(0, constants.priority.PRIORITY_LOW);
  const idle = ['--all-tasks', '--idle', '--pid', '0', String(process.pid)];
  spawnSync('chrt', idle, { stdio: 'ignore', env: { PATH: '/usr/bin:/bin' } });
};

// Calls go first.
standBack();
process.once('disconnect', () => process.exit());
process.once('message', (message) => void work(message as ToRender));
