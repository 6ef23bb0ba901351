import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['{server,client,setup,test}/**/*.test.{ts,tsx}'],
    // Real workers, browsers and ffmpeg share few cores: files side by side would starve each other.
    fileParallelism: false,
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
