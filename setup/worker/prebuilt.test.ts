import { expect, test } from 'vitest';
import { prebuiltUrl } from './prebuilt.ts';

const release = {
  version: '3.27.1',
  repository: 'git+https://host/owner/mediasoup.git',
  platform: 'linux',
  arch: 'arm64',
  kernel: '6.1.0-13',
};

test('is where the install script of mediasoup looks', () => {
  expect(prebuiltUrl(release, {})).toBe(
    'https://host/owner/mediasoup/releases/download/3.27.1/mediasoup-worker-3.27.1-linux-arm64-kernel6.tgz',
  );
  expect(prebuiltUrl({ ...release, platform: 'darwin' }, {})).toMatch(/-darwin-arm64\.tgz$/);
});

test('a mirror can be named', () => {
  const env = { MEDIASOUP_WORKER_PREBUILT_DOWNLOAD_BASE_URL: 'http://mirror' };
  expect(prebuiltUrl(release, env)).toMatch(/^http:\/\/mirror\/3\.27\.1\/mediasoup-worker-/);
});
