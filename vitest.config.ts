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
        },
      },
    ],
  },
});
