// `npm run check`: all that can be checked without a server. Runs everything, then says what failed.
import { inRepo } from './paths.ts';
import { runHere } from './run.ts';

const checks: readonly [string, ...string[]][] = [
  ['prettier', '--check', '--log-level=warn', '.'],
  ['oxlint', '--type-aware'],
  ['tsc', '-p', 'tsconfig.json'],
  ['knip'],
  ['vitest', 'run', 'test/architecture.test.ts'],
];

const failed: string[] = [];
for (const [tool, ...args] of checks) {
  const name = [tool, ...args].join(' ');
  console.log(`\n> ${name}`);
  const code = await runHere(inRepo('node_modules', '.bin', tool), args, process.env);
  if (code !== 0) failed.push(name);
}
console.log(failed.length === 0 ? '\nAll checks passed.' : `\nFailed: ${failed.join(', ')}`);
process.exit(failed.length === 0 ? 0 : 1);
