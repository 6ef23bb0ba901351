import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { treeHash } from './hash.ts';

let base: string;
beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'hash-'));
  mkdirSync(join(base, 'src', 'dist'), { recursive: true });
  writeFileSync(join(base, 'src', 'a.ts'), 'one');
  writeFileSync(join(base, 'lock'), 'two');
});
afterEach(() => rmSync(base, { recursive: true }));

const hash = () => treeHash(base, ['src', 'lock', 'absent'], (path) => path.endsWith('.test.ts'));

test('dates, built output and skipped files do not change the hash', () => {
  const before = hash();
  utimesSync(join(base, 'lock'), 1, 1);
  writeFileSync(join(base, 'src', 'dist', 'out.js'), 'built');
  writeFileSync(join(base, 'src', 'a.test.ts'), 'a test');
  expect(hash()).toBe(before);
});

test('content, names and new files change the hash', () => {
  const hashes = new Set([hash()]);
  writeFileSync(join(base, 'lock'), 'other');
  hashes.add(hash());
  writeFileSync(join(base, 'src', 'b.ts'), '');
  hashes.add(hash());
  // The same bytes, divided otherwise.
  writeFileSync(join(base, 'src', 'a.ts'), 'on');
  writeFileSync(join(base, 'src', 'b.ts'), 'e');
  hashes.add(hash());
  expect(hashes.size).toBe(4);
});
