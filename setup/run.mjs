// The way in for every npm script. Runs on the system's Node (20 or newer) before anything is
// installed, so it uses nothing but Node: installs the packages, then hands over to Node 24.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { constants } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const modules = join(root, 'node_modules');
const stamp = join(modules, '.roomtone-stamp');
const lock = join(root, '.cache', 'packages.lock');
const wantedMajor = 24;
const installAdvice = 'Install Node.js 24 or newer (nodejs.org) and start again.';

if (major(process.versions.node) < 20)
  stop(`This is Node ${process.versions.node}.`, installAdvice);
process.chdir(root);
if (!packagesMatch()) await installPackages();
await handOver();

/** Whether node_modules is what package-lock.json says. */
function packagesMatch() {
  if (readText(stamp) === lockHash()) return true;
  if (!installedByHand()) return false;
  writeFileSync(stamp, lockHash());
  return true;
}

function lockHash() {
  const machine = `${process.platform} ${process.arch}`;
  return createHash('sha256')
    .update(`${machine}\n${readText(join(root, 'package-lock.json'))}`)
    .digest('hex');
}

/** Somebody ran npm themselves: npm's own record in node_modules then says the same as the lockfile. */
function installedByHand() {
  const wanted = lockedPackages(join(root, 'package-lock.json'));
  const present = lockedPackages(join(modules, '.package-lock.json'));
  if (!wanted || !present) return false;
  return Object.entries(wanted).every(([name, { version, optional }]) => {
    if (name === '') return true;
    const found = present[name];
    return found ? found.version === version : optional === true;
  });
}

/**
 * @param {string} path
 * @returns {Record<string, { version?: string, optional?: boolean }> | undefined}
 */
function lockedPackages(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8')).packages;
  } catch {
    return undefined;
  }
}

async function installPackages() {
  await takeLock();
  // Shows others that this process lives; its number alone comes again after a restart.
  const beating = setInterval(() => {
    if (existsSync(lock)) utimesSync(lock, new Date(), new Date());
  }, 5000);
  try {
    // Whoever held the lock before may have installed them.
    if (packagesMatch()) return;
    console.log('packages  installing from package-lock.json (10 s to 2 min)');
    const startedAt = Date.now();
    const [command, ...args] = npm();
    const code = await run(command, [
      ...args,
      'ci',
      '--ignore-scripts',
      '--no-audit',
      '--no-fund',
      // Vite builds the pages and werift proves the worker, in production too.
      '--include=dev',
      '--include=optional',
      '--loglevel=error',
    ]);
    if (code !== 0) {
      stop(`npm ci failed (exit code ${code}).`, 'See above; check the network, then start again.');
    }
    writeFileSync(stamp, lockHash());
    console.log(`packages  installed in ${Math.round((Date.now() - startedAt) / 1000)} s`);
  } finally {
    clearInterval(beating);
    rmSync(lock, { force: true });
  }
}

/**
 * The npm that started this, run by its own Node: ours may be inside the node_modules it replaces.
 * @returns {[string, ...string[]]}
 */
function npm() {
  const { npm_execpath: cli, npm_node_execpath: node } = process.env;
  if (cli && /npm-cli\.[cm]?js$/.test(cli) && existsSync(cli)) {
    return [node && existsSync(node) ? node : process.execPath, cli];
  }
  return ['npm'];
}

async function takeLock() {
  mkdirSync(join(root, '.cache'), { recursive: true });
  for (let told = false; ; told = true) {
    try {
      writeFileSync(lock, String(process.pid), { flag: 'wx' });
      return;
    } catch {
      if (isOrphan()) rmSync(lock, { force: true });
      else if (!told) console.log('packages  another set-up is installing them: waiting');
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
  }
}

function isOrphan() {
  try {
    const pid = Number(readText(lock));
    if (pid > 0) process.kill(pid, 0);
    return Date.now() - statSync(lock).mtimeMs > 60_000;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ESRCH';
  }
}

async function handOver() {
  const prepare = join(root, 'setup', 'prepare.ts');
  const args = process.argv.slice(2);
  if (major(process.versions.node) >= wantedMajor) {
    process.argv[1] = prepare;
    await import(pathToFileURL(prepare).href);
    return;
  }
  // Not .bin/node: npm 10 does not link it, because two packages offer one of that name.
  const node = join(modules, `node-${process.platform}-${process.arch}`, 'bin', 'node');
  if (!existsSync(node)) {
    const platform = `${process.platform}-${process.arch}`;
    stop(
      `This is Node ${process.versions.node}, and npm has no Node 24 for ${platform}.`,
      installAdvice,
    );
  }
  process.exitCode = await run(node, [prepare, ...args]);
}

/**
 * Runs a program on this terminal, hands it the signals that arrive, and gives its exit code.
 * @param {string} command
 * @param {string[]} args
 * @returns {Promise<number>}
 */
function run(command, args) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      stdio: 'inherit',
    });
    let passedAt = -Infinity;
    /** @param {NodeJS.Signals} signal */
    const pass = (signal) => {
      // A terminal sends Ctrl-C to the child as well.
      if (signal === 'SIGINT' && process.stdin.isTTY) return;
      // The same signal comes twice when npm and its process group both get it: a server would take
      // the second for impatience.
      if (performance.now() - passedAt < 1000) return;
      passedAt = performance.now();
      child.kill(signal);
    };
    process.on('SIGTERM', pass).on('SIGHUP', pass).on('SIGINT', pass);
    child.once('error', (error) => stop(`${command}: ${error.message}`, installAdvice));
    child.once('exit', (code, signal) => {
      resolve(code ?? (signal ? 128 + constants.signals[signal] : 1));
    });
  });
}

/** @param {string} path */
function readText(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

/** @param {string} version */
function major(version) {
  return Number(version.split('.')[0]);
}

/**
 * @param {string} problem
 * @param {string} cure
 * @returns {never}
 */
function stop(problem, cure) {
  console.error(`\n${problem}\n${cure}`);
  rmSync(lock, { force: true });
  process.exit(1);
}
