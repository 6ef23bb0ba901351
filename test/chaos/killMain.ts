// `npm run bench -- kill [runs] [victim ...]`: recordings whose server is killed, and what is left.
import { parseArgs } from 'node:util';
import { killOnce, VICTIMS, type Victim } from './killRecording.ts';
import { killTable, type KillResult } from './killTable.ts';

const isVictim = (name: string): name is Victim => VICTIMS.some((victim) => victim === name);

const { positionals } = parseArgs({ allowPositionals: true });
const [runs = '10', ...names] = positionals;
const unknown = names.filter((name) => !isVictim(name));
if (!(Number(runs) > 0) || unknown.length > 0) {
  process.stderr.write(`Usage: killMain.ts [runs of each] [${VICTIMS.join(' | ')} ...]\n`);
  process.exit(2);
}
const results: KillResult[] = [];
for (let run = 1; run <= Number(runs); run++) {
  for (const victim of names.length > 0 ? names.filter(isVictim) : VICTIMS) {
    const result = await killOnce(victim).catch((error: unknown) => ({
      victim,
      error: error instanceof Error ? (error.stack ?? error.message) : String(error),
    }));
    results.push(result);
    const words =
      'error' in result
        ? result.error
        : `lost ${result.lostMs.map(Math.round).join(' ')} ms, ${result.faults.join('; ') || 'no fault'}`;
    process.stdout.write(`${victim} ${run}: ${words}\n`);
  }
}
process.stdout.write(`\n${killTable(results)}\n`);
process.exit(results.every((result) => !('error' in result) && result.faults.length === 0) ? 0 : 1);
