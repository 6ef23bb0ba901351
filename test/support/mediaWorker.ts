import { systemClock, type Clock } from '../../server/base/Clock.ts';
import { createLogger } from '../../server/base/logger.ts';
import { MediaWorker } from '../../server/media/MediaWorker.ts';

export const silentLogger = createLogger('silent');

/** A real worker, on free ports. */
export const createMediaWorker = (clock: Clock = systemClock): Promise<MediaWorker> =>
  MediaWorker.create({
    workerBin: process.env['MEDIASOUP_WORKER_BIN'],
    listenInfos: [
      { protocol: 'udp', ip: '127.0.0.1' },
      { protocol: 'tcp', ip: '127.0.0.1' },
    ],
    clock,
    logger: silentLogger,
  });
