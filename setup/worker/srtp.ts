import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { onPath } from '../paths.ts';
import type { Env } from '../paths.ts';
import { run } from '../run.ts';
import { debSrc } from './deb-src.ts';

const fetchLimitMs = 120_000;

/**
 * Builds libsrtp2 on OpenSSL from the distribution's source package; gives the folder it is
 * installed in. Undefined when the source cannot be had: the packaged library (on NSS) works too.
 */
export async function buildSrtp(folder: string, env: Env): Promise<string | undefined> {
  if (!onPath('apt-get', env)) return undefined;
  const fetched = join(folder, 'fetched');
  const source = join(folder, 'source');
  const prefix = join(folder, 'prefix');
  for (const path of [fetched, source]) mkdirSync(path, { recursive: true });

  const steps: (() => Promise<boolean>)[] = [
    () => fetchSource(folder, fetched),
    () => unpack(fetched, source),
    () => build(source, join(folder, 'build'), prefix),
  ];
  for (const step of steps) if (!(await step())) return undefined;
  return prefix;
}

async function fetchSource(folder: string, fetched: string): Promise<boolean> {
  // Lists of its own: the system's stay as they are, and no root is needed.
  const parts = join(folder, 'apt', 'parts');
  const lists = join(folder, 'apt', 'lists');
  const cache = join(folder, 'apt', 'cache');
  for (const path of [parts, lists, cache]) mkdirSync(path, { recursive: true });
  for (const [name, text] of systemSources()) writeFileSync(join(parts, name), debSrc(name, text));

  const options = [
    'Dir::Etc::sourcelist=/dev/null',
    `Dir::Etc::sourceparts=${parts}`,
    `Dir::State::lists=${lists}`,
    `Dir::Cache=${cache}`,
    'APT::Sandbox::User=',
  ].flatMap((option) => ['-o', option]);
  const limits = { cwd: fetched, timeoutMs: fetchLimitMs };
  await run('apt-get', ['-q', ...options, 'update'], limits);
  const got = await run(
    'apt-get',
    ['-q', ...options, 'source', '--download-only', 'libsrtp2'],
    limits,
  );
  return got.code === 0;
}

function systemSources(): [string, string][] {
  const folder = '/etc/apt/sources.list.d';
  const files = readdirSync(folder).map((name): [string, string] => [name, join(folder, name)]);
  return [...files, ['sources.list', '/etc/apt/sources.list'] as [string, string]]
    .filter(([name]) => /\.(list|sources)$/.test(name))
    .flatMap(([name, path]): [string, string][] => {
      try {
        return [[name, readFileSync(path, 'utf8')]];
      } catch {
        return [];
      }
    });
}

async function unpack(fetched: string, source: string): Promise<boolean> {
  const files = readdirSync(fetched);
  const upstream = files.find((name) => name.includes('.orig.tar.'));
  const packaging = files.find((name) => name.includes('.debian.tar.'));
  if (!upstream || !packaging) return false;
  const unpacked = [
    await run('tar', ['-xf', join(fetched, upstream), '--strip-components=1', '-C', source]),
    await run('tar', ['-xf', join(fetched, packaging), '-C', source]),
  ];
  if (unpacked.some(({ code }) => code !== 0)) return false;

  const patches = join(source, 'debian', 'patches');
  for (const line of readFileSync(join(patches, 'series'), 'utf8').split('\n')) {
    const name = line.trim();
    if (name === '' || name.startsWith('#')) continue;
    const patched = await run('patch', ['-p1', '--batch', '-i', join(patches, name)], {
      cwd: source,
    });
    if (patched.code !== 0) return false;
  }
  return true;
}

async function build(source: string, folder: string, prefix: string): Promise<boolean> {
  const configured = await run('cmake', [
    '-G',
    'Ninja',
    '-S',
    source,
    '-B',
    folder,
    '-DCMAKE_BUILD_TYPE=Release',
    '-DENABLE_OPENSSL=ON',
    '-DBUILD_SHARED_LIBS=OFF',
    '-DLIBSRTP_TEST_APPS=OFF',
    '-DCMAKE_INSTALL_LIBDIR=lib',
    `-DCMAKE_INSTALL_PREFIX=${prefix}`,
  ]);
  if (configured.code !== 0) return false;
  return (await run('ninja', ['-C', folder, 'install'])).code === 0;
}
