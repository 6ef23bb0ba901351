// `npm run bench -- recovery [runs] [fault ...]`: how long a conference takes to come back.
import { parseArgs } from 'node:util';
import { FAULTS, type FaultName } from './faults.ts';
import { recoveryTable, runRecovery } from './recovery.ts';

const isFault = (name: string): name is FaultName => name in FAULTS;

const { positionals } = parseArgs({ allowPositionals: true });
const [runs = '10', ...names] = positionals;
const unknown = names.filter((name) => !isFault(name));
if (!(Number(runs) > 0) || unknown.length > 0) {
  process.stderr.write(`Usage: main.ts [runs] [${Object.keys(FAULTS).join(' | ')} ...]\n`);
  process.exit(2);
}
const results = await runRecovery({
  runs: Number(runs),
  ...(names.length > 0 && { faults: names.filter(isFault) }),
  onRun: (fault, run, { mediaMs, lineMs }) => {
    process.stdout.write(`${fault} ${run}: media ${mediaMs} ms, server ${lineMs} ms\n`);
  },
});
process.stdout.write(`\n${recoveryTable(results)}\n`);
