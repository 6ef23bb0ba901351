import { existsSync, readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';

/**
 * What a page costs on a slow line, everything counted that is fetched from here. More lets the
 * screens do more, less lets them appear sooner.
 */
const PRE_JOIN_BUDGET_BYTES = 35_200;
const CALL_BUDGET_BYTES = 110_000;
/** With all that comes of it: holding, transfer, somebody else in it, a message left. */
const PERSONAL_CALL_BUDGET_BYTES = 121_500;

const dist = new URL('dist/', import.meta.url);
const manifestUrl = new URL('.vite/manifest.json', dist);

interface Chunk {
  readonly file: string;
  readonly css?: readonly string[];
  readonly imports?: readonly string[];
  readonly dynamicImports?: readonly string[];
}

type Manifest = Readonly<Record<string, Chunk>>;

const readManifest = (): Manifest => JSON.parse(readFileSync(manifestUrl, 'utf8')) as Manifest;

/** Fetched by who comes to see recordings, people or messages, or is left one; who talks does not pay for them. */
const ELSEWHERE = /^ui\/(recordings\/|people\/|voicemail\/inbox\/|voicemail\/live\/LiveMessages)/;
/** Fetched by who can be called, and who calls somebody. */
const CALLS = /^ui\/calls\//;

/** The files of an entry and of all it imports; lazily, too, but for those of `spared`; null: none. */
const filesOf = (
  manifest: Manifest,
  entry: string,
  spared: readonly RegExp[] | null,
): ReadonlySet<string> => {
  const files = new Set<string>();
  const seen = new Set<string>();
  const visit = (name: string) => {
    const chunk = manifest[name];
    if (chunk === undefined || seen.has(name)) return;
    if (spared?.some((pattern) => pattern.test(name)) === true) return;
    seen.add(name);
    for (const file of [chunk.file, ...(chunk.css ?? [])]) files.add(file);
    const later = spared === null ? [] : (chunk.dynamicImports ?? []);
    for (const next of [...(chunk.imports ?? []), ...later]) {
      visit(next);
    }
  };
  visit(entry);
  return files;
};

const gzippedBytes = (file: string): number =>
  gzipSync(readFileSync(new URL(file, dist)), { level: 9 }).length;

const pageBytes = (spared: readonly RegExp[] | null): number =>
  ['index.html', 'favicon.svg', ...filesOf(readManifest(), 'index.html', spared)]
    .map(gzippedBytes)
    .reduce((total, bytes) => total + bytes, 0);

describe.skipIf(!existsSync(manifestUrl))('what the pages weigh, gzipped', () => {
  it('home and pre-join', () => {
    expect(pageBytes(null)).toBeLessThanOrEqual(PRE_JOIN_BUDGET_BYTES);
  });

  it('a conference, mediasoup-client included', () => {
    const bytes = pageBytes([ELSEWHERE, CALLS]);
    expect(bytes).toBeGreaterThan(pageBytes(null));
    expect(bytes).toBeLessThanOrEqual(CALL_BUDGET_BYTES);
  });

  it('a call to somebody', () => {
    const bytes = pageBytes([ELSEWHERE]);
    expect(bytes).toBeGreaterThan(pageBytes([ELSEWHERE, CALLS]));
    expect(bytes).toBeLessThanOrEqual(PERSONAL_CALL_BUDGET_BYTES);
  });
});
