import { constants, setPriority } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import { AppError } from '../../base/AppError.ts';
import type { Finished } from '../../recordings/Finisher.ts';
import type { FfmpegOptions } from '../ffmpeg.ts';
import { finishRecording } from './finishRecording.ts';
import { isDiskFull } from './isDiskFull.ts';
import { makePreview } from './makePreview.ts';
import type { FromThread, Task, ToThread } from './messages.ts';

/** The thread: does the tasks that it is given, one after another. */

const port = parentPort;
if (!port) throw new Error('this runs in a thread of its own');

const ffmpeg: FfmpegOptions = workerData;
let cancelling = new AbortController();

const tell = (message: FromThread): void => port.postMessage(message);

const work = async (task: Task, signal: AbortSignal): Promise<Finished | undefined> => {
  if (task.type === 'preview') {
    await makePreview({ ...task, ...ffmpeg, signal });
    return undefined;
  }
  return finishRecording({
    ...task,
    ...ffmpeg,
    signal,
    news: {
      onFile: (file) => tell({ type: 'file', file }),
      onProgress: (share) => tell({ type: 'progress', share }),
    },
  });
};

const failure = async (error: unknown, { folder }: Task): Promise<FromThread> => {
  if (error instanceof AppError) {
    return { type: 'failed', code: error.code, message: error.message };
  }
  if (await isDiskFull(error, folder)) {
    return { type: 'failed', code: 'disk_full', message: 'The disk is full' };
  }
  const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return { type: 'failed', code: undefined, message };
};

const perform = async (task: Task): Promise<void> => {
  cancelling = new AbortController();
  try {
    tell({ type: 'done', finished: await work(task, cancelling.signal) });
  } catch (error) {
    tell(await failure(error, task));
  }
};

// On Linux this is the thread alone, and with it all that it starts: calls go first.
if (process.platform === 'linux') setPriority(0, constants.priority.PRIORITY_BELOW_NORMAL);

port.on('message', (message: ToThread) => {
  if (message.type === 'cancel') cancelling.abort();
  else void perform(message.task);
});
