import { readFileSync } from 'node:fs';
import { access, constants } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import type { FastifyInstance } from 'fastify';
import { turnServers } from './accounts/turn.ts';
import { verifyJoinToken } from './accounts/tokens.ts';
import { systemClock } from './base/Clock.ts';
import { createLogger } from './base/logger.ts';
import type { Config } from './config.ts';
import { createHttp } from './http/http.ts';
import { originAllowed } from './http/origin.ts';
import { socketRoute } from './http/signaling/socketRoute.ts';
import { WorkerPool } from './media/WorkerPool.ts';
import { RoomRegistry } from './rooms/RoomRegistry.ts';
import { Sessions } from './rooms/Sessions.ts';
import { loadSecrets } from './secrets.ts';

export interface App {
  readonly http: FastifyInstance;
  readonly pool: WorkerPool;
  readonly rooms: RoomRegistry;
  /** Listens; resolves with the address. */
  start(): Promise<string>;
  /** Idempotent. Order: http stops accepting, members leave, workers end. */
  close(): Promise<void>;
}

/** The composition root: picks the implementations and wires them. Rejects when a part cannot start. */
export const createApp = async (config: Config): Promise<App> => {
  const clock = systemClock;
  const logger = createLogger(config.logLevel);
  const secrets = loadSecrets(config);
  const pool = await WorkerPool.create({
    count: config.workers,
    workerBin: config.mediasoupWorkerBin,
    listenIp: config.rtc.listenIp,
    announcedAddress: config.rtc.announcedAddress,
    firstPort: config.rtc.port,
    clock,
    logger,
  });
  const rooms = new RoomRegistry({ pool, clock, logger });
  const sessions = new Sessions(clock);
  const http = createHttp({
    config,
    secrets,
    rooms,
    clock,
    logger,
    version: packageVersion(),
    checks: {
      mediaWorkers: () => pool.pids.length === config.workers,
      dataDir: () => isWritable(config.dataDir),
    },
    clientDir: fileURLToPath(new URL('../client/dist', import.meta.url)),
    register: (app, { roomStarts }) =>
      socketRoute(app, {
        rooms,
        roomStarts,
        sessions,
        clock,
        logger,
        openRooms: config.rooms === 'open',
        verifyToken: (token, room) =>
          verifyJoinToken(token, room, secrets.tokenSecret, clock.now()),
        iceServers: (id) => turnServers(config.turn, id, clock.now()),
        originAllowed: ({ headers, host }) => originAllowed(headers.origin, host, config.publicUrl),
      }),
  });

  let closing: Promise<void> | undefined;
  const close = async (): Promise<void> => {
    const stopped = http.close();
    rooms.close();
    sessions.close();
    await stopped;
    await pool.close();
  };
  return {
    http,
    pool,
    rooms,
    async start() {
      await http.listen({ host: config.host, port: config.port });
      return address(config, http.server.address());
    },
    close: () => (closing ??= close()),
  };
};

const packageVersion = (): string => {
  const { version } = JSON.parse(
    readFileSync(new URL('../package.json', import.meta.url), 'utf8'),
  ) as { version: string };
  return version;
};

const isWritable = async (folder: string): Promise<boolean> =>
  access(folder, constants.W_OK).then(
    () => true,
    () => false,
  );

const address = (config: Config, bound: AddressInfo | string | null): string => {
  const port = typeof bound === 'object' && bound ? bound.port : config.port;
  const host = config.host === '127.0.0.1' ? 'localhost' : config.host;
  return `${config.tls ? 'https' : 'http'}://${host}:${port}`;
};
