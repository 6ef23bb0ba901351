import { constants, setPriority } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import { AppError } from '../../base/AppError.ts';
import type { Finished } from '../../recordings/Finisher.ts';
import { finishRecording } from './finishRecording.ts';
import { isDiskFull } from './isDiskFull.ts';
import { makePreview } from './makePreview.ts';
import type { FromThread, ThreadData, ToThread } from './messages.ts';

/** The thread: does one task and ends. */

const port = parentPort;
if (!port) throw new Error('this runs in a thread of its own');

const { task, ...ffmpeg }: ThreadData = workerData;
const cancelling = new AbortController();
const { signal } = cancelling;

const tell = (message: FromThread): void => port.postMessage(message);

const work = async (): Promise<Finished | undefined> => {
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

const failure = async (error: unknown): Promise<FromThread> => {
  if (error instanceof AppError) {
    return { type: 'failed', code: error.code, message: error.message };
  }
  if (!signal.aborted && (await isDiskFull(error, task.folder))) {
    return { type: 'failed', code: 'disk_full', message: 'The disk is full' };
  }
  const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return { type: 'failed', code: undefined, message };
};

port.on('message', (message: ToThread) => {
  if (message === 'cancel') cancelling.abort();
});

// On Linux this is the thread alone, and with it all that it starts: calls go first.
if (process.platform === 'linux') setPriority(0, constants.priority.PRIORITY_BELOW_NORMAL);

try {
  tell({ type: 'done', finished: await work() });
} catch (error) {
  tell(await failure(error));
} finally {
  port.close();
}
