import type { FastifyInstance } from 'fastify';
import { FakeClock } from '../../server/base/FakeClock.ts';
import { createLogger } from '../../server/base/logger.ts';
import { createHttp, type HttpOptions } from '../../server/http/http.ts';
import { RoomRegistry } from '../../server/rooms/RoomRegistry.ts';

export const ADMIN_KEY = 'admin-key-admin-key-admin-key';

export interface HttpOnly {
  readonly app: FastifyInstance;
  readonly rooms: RoomRegistry;
  readonly clock: FakeClock;
}

/** The edge alone, for what needs no media: nothing listens, time stands still. */
export const httpOnly = (
  options: Omit<Partial<HttpOptions>, 'config'> & { config?: Partial<HttpOptions['config']> } = {},
): HttpOnly => {
  const clock = new FakeClock();
  const logger = createLogger('silent');
  const pool = { open: () => Promise.reject(new Error('There is no media here')) };
  const rooms = new RoomRegistry({ pool, clock, logger });
  const app = createHttp({
    secrets: { adminKey: ADMIN_KEY, tokenSecret: Buffer.alloc(32, 7) },
    rooms,
    clock,
    logger,
    version: '0.0.0',
    checks: {},
    clientDir: '/nowhere',
    ...options,
    config: {
      publicUrl: undefined,
      rooms: 'open',
      tls: undefined,
      trustProxy: undefined,
      ...options.config,
    },
  });
  return { app, rooms, clock };
};
