import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createApp, type App } from '../../server/app.ts';
import { loadConfig } from '../../server/config.ts';

export interface RunningApp {
  readonly app: App;
  /** Such as `http://localhost:41234`. */
  readonly url: string;
  readonly adminKey: string;
  close(): Promise<void>;
}

/** The real server with a real worker, on free ports and a data folder of its own. */
export const startApp = async (
  env: Record<string, string> = {},
  options: Parameters<typeof createApp>[1] = {},
): Promise<RunningApp> => {
  const folder = mkdtempSync(join(tmpdir(), 'roomtone-test-'));
  const config = loadConfig({
    PORT: '0',
    RTC_PORT: '0',
    WORKERS: '1',
    LOG_LEVEL: 'fatal',
    RENDER: 'asked',
    DATA_DIR: join(folder, 'data'),
    RECORDINGS_DIR: join(folder, 'recordings'),
    MEDIASOUP_WORKER_BIN: process.env['MEDIASOUP_WORKER_BIN'],
    FFMPEG_BIN: process.env['FFMPEG_BIN'],
    ...env,
  });
  const app = await createApp(config, options);
  const url = await app.start();
  return {
    app,
    url,
    adminKey: config.adminKey ?? readFileSync(join(config.dataDir, 'admin-key'), 'utf8').trim(),
    async close() {
      await app.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
};
