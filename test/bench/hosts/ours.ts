// The whole product as `npm start` runs it, with one worker and a channel for the bench.
import { startApp } from '../../support/startApp.ts';
import { serveCalls } from './calls.ts';
import { collectGarbage } from './collect.ts';
import { watchLoop } from './loop.ts';
import type { ServerCalls } from './sides.ts';

const running = await startApp({ LOG_LEVEL: 'error' });
const { app, url, adminKey } = running;

serveCalls({
  about: () => ({
    url: `${url.replace('http', 'ws')}/api/v1/signaling`,
    pids: [process.pid, ...app.pool.pids],
    adminKey,
  }),
  async openRooms(count) {
    for (let index = 0; index < count; index += 1) {
      const { room } = app.rooms.create({});
      room.setMedia(await app.pool.open());
    }
  },
  collect: collectGarbage,
  loopDelay: watchLoop(),
  servePage: () => {},
  async close() {
    await running.close();
    process.exit(0);
  },
} satisfies ServerCalls);
