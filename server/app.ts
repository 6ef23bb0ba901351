import type { AddressInfo } from 'node:net';
import websocket from '@fastify/websocket';
import fastify, { type FastifyInstance } from 'fastify';
import { turnServers } from './accounts/turn.ts';
import { verifyJoinToken } from './accounts/tokens.ts';
import { systemClock } from './base/Clock.ts';
import { createLogger } from './base/logger.ts';
import type { Config } from './config.ts';
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
  const http = fastify();
  await http.register(websocket, { options: { maxPayload: 64 * 1024, perMessageDeflate: false } });
  socketRoute(http, {
    rooms,
    sessions,
    clock,
    logger,
    openRooms: config.rooms === 'open',
    verifyToken: (token, room) => verifyJoinToken(token, room, secrets.tokenSecret, clock.now()),
    iceServers: (id) => turnServers(config.turn, id, clock.now()),
    originAllowed: () => true,
  });

  let closing: Promise<void> | undefined;
  const close = async (): Promise<void> => {
    const stopped = http.close();
    rooms.close();
    sessions.close();
    await stopped;
    pool.close();
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

const address = (config: Config, bound: AddressInfo | string | null): string => {
  const port = typeof bound === 'object' && bound ? bound.port : config.port;
  const host = config.host === '127.0.0.1' ? 'localhost' : config.host;
  return `${config.tls ? 'https' : 'http'}://${host}:${port}`;
};
