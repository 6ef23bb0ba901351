import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { findCached, keep, setAside, workerKey } from './cache.ts';
import type { WorkerRecord } from './cache.ts';

const built: WorkerRecord = {
  mediasoup: '3.0.0',
  machine: 'linux-x64',
  made: 'built',
  crypto: 'openssl',
  recipe: 'r1',
  compiler: 'c1',
};
const onNss: WorkerRecord = { ...built, crypto: 'nss' };
const prebuilt: WorkerRecord = { ...built, made: 'prebuilt', recipe: '', compiler: '' };

let folder: string;
let binary: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cache-'));
  binary = join(folder, 'binary');
  writeFileSync(binary, 'the worker');
});
afterEach(() => rmSync(folder, { recursive: true }));

const found = (recipe = 'r1') =>
  findCached(folder, { mediasoup: '3.0.0', machine: 'linux-x64', recipe }).map((worker) =>
    workerKey(worker.record),
  );

test("prefers the authors' worker, then OpenSSL, then NSS", () => {
  for (const record of [onNss, built, prebuilt]) keep(folder, binary, record);
  expect(found()).toEqual([prebuilt, built, onNss].map(workerKey));
});

test('wants the recipe of today, but any compiler', () => {
  keep(folder, binary, { ...built, compiler: 'older' });
  expect(found('r2')).toEqual([]);
  expect(found()).toHaveLength(1);
});

test('other versions and machines do not count', () => {
  keep(folder, binary, { ...built, mediasoup: '2.0.0' });
  keep(folder, binary, { ...built, machine: 'linux-arm64' });
  expect(found()).toEqual([]);
});

test('what is still arriving, broken or set aside is not seen', () => {
  const path = keep(folder, binary, built);
  mkdirSync(join(folder, 'proofs'));
  mkdirSync(join(folder, `${workerKey(onNss)}.new-1`));
  setAside(path);
  setAside(keep(folder, binary, built));
  expect(found()).toEqual([]);
});
