import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    testTimeout: 30_000,
    hookTimeout: 60_000,
    setupFiles: ['server/base/keepWasmWrappers.ts'],
    projects: [
      {
        extends: true,
        test: { name: 'units', include: ['{server,client,setup}/**/*.test.{ts,tsx}'] },
      },
      {
        extends: true,
        test: {
          name: 'system',
          include: ['test/**/*.test.ts'],
          // Real workers, browsers and ffmpeg share few cores: side by side they would starve each other.
          fileParallelism: false,
          // Where everything is proved at once, a machine that stands still for seconds must not decide.
          // What passes the second time only is marked so, and is looked into.
          retry: process.env['CI'] ? 1 : 0,
        },
      },
    ],
  },
});
