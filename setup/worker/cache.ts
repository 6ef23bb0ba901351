import { cpSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileHash } from '../hash.ts';
import { readJson, writeJson } from '../json-file.ts';

export type Crypto = 'openssl' | 'nss';

/** Where a worker binary came from and for what; kept as worker.json beside it. */
export interface WorkerRecord {
  readonly mediasoup: string;
  readonly machine: string;
  readonly made: 'prebuilt' | 'built';
  /** The library behind SRTP. NSS is slower. */
  readonly crypto: Crypto;
  /** Hash of the recipe it was built by; empty for a prebuilt one. */
  readonly recipe: string;
  readonly compiler: string;
}

export interface CachedWorker {
  readonly path: string;
  readonly record: WorkerRecord;
}

export const binaryName = 'mediasoup-worker';
const recordName = 'worker.json';

/** The name of the folder that a worker is kept in. */
export function workerKey(record: WorkerRecord): string {
  const { mediasoup, machine, made, crypto, recipe, compiler } = record;
  if (made === 'prebuilt') return [mediasoup, machine, made].join('-');
  return [mediasoup, machine, made, crypto, recipe, compiler].join('-');
}

/**
 * The kept workers that serve this version, machine and recipe, best first: the authors' own, then
 * built on OpenSSL, then on NSS. One built by an older compiler is as good.
 */
export function findCached(
  folder: string,
  wanted: Pick<WorkerRecord, 'mediasoup' | 'machine' | 'recipe'>,
): CachedWorker[] {
  const names = existsSync(folder) ? readdirSync(folder).toSorted() : [];
  return names
    .map((name) => readEntry(join(folder, name), name))
    .filter((entry) => entry !== undefined)
    .filter(
      ({ record }) =>
        record.mediasoup === wanted.mediasoup &&
        record.machine === wanted.machine &&
        (record.made === 'prebuilt' || record.recipe === wanted.recipe),
    )
    .toSorted((a, b) => rank(a.record) - rank(b.record));
}

/** Moves a new binary into the cache as one step, so that nobody ever sees half of it. */
export function keep(folder: string, binary: string, record: WorkerRecord): string {
  const entry = join(folder, workerKey(record));
  const incoming = `${entry}.new-${process.pid}`;
  mkdirSync(incoming, { recursive: true });
  cpSync(binary, join(incoming, binaryName));
  writeJson(join(incoming, recordName), {
    ...record,
    sha256: fileHash(binary),
    madeAt: new Date().toISOString(),
  });
  rmSync(entry, { recursive: true, force: true });
  renameSync(incoming, entry);
  return join(entry, binaryName);
}

/** Takes a binary that failed out of use, but leaves it there to look at. */
export function setAside(path: string): string {
  const entry = join(path, '..');
  const aside = `${entry}.failed`;
  rmSync(aside, { recursive: true, force: true });
  renameSync(entry, aside);
  return aside;
}

function readEntry(entry: string, name: string): CachedWorker | undefined {
  const path = join(entry, binaryName);
  const { mediasoup, machine, made, crypto, recipe, compiler } = readJson(join(entry, recordName));
  if (typeof mediasoup !== 'string' || typeof machine !== 'string') return undefined;
  if (typeof recipe !== 'string' || typeof compiler !== 'string') return undefined;
  if (made !== 'prebuilt' && made !== 'built') return undefined;
  if (crypto !== 'openssl' && crypto !== 'nss') return undefined;
  const record: WorkerRecord = { mediasoup, machine, made, crypto, recipe, compiler };
  // The names differ in what is still arriving or was set aside.
  return name === workerKey(record) && existsSync(path) ? { path, record } : undefined;
}

function rank(record: WorkerRecord): number {
  if (record.made === 'prebuilt') return 0;
  return record.crypto === 'openssl' ? 1 : 2;
}
