// `npm run bench -- voicemailKill [runs] [step ...]`: messages whose server is killed, and what is left.
import { parseArgs } from 'node:util';
import { nameOf, STEPS } from './killSteps.ts';
import { voicemailKillTable, type VoicemailKillResult } from './killTable.ts';
import { VoicemailKill } from './VoicemailKill.ts';

const { positionals } = parseArgs({ allowPositionals: true });
const [runs = '25', ...names] = positionals;
if (!(Number(runs) > 0) || names.some((name) => !(name in STEPS))) {
  process.stderr.write(
    `Usage: killMain.ts [runs of each] [${Object.keys(STEPS).join(' | ')} ...]\n`,
  );
  process.exit(2);
}

const results: VoicemailKillResult[] = [];
let world = await VoicemailKill.begin();
for (let run = 0; run < Number(runs); run += 1) {
  for (const step of names.length > 0 ? names : Object.keys(STEPS)) {
    const points = STEPS[step] ?? [];
    const point = points[run % points.length]!;
    const where = nameOf(step, point);
    try {
      const result = await world.strike(point);
      results.push({ step, ...result });
      const { faults, lostMs } = result;
      const lost = lostMs === undefined ? '' : `lost ${lostMs.toFixed(0)} ms, `;
      process.stdout.write(
        `${run + 1} ${where}: ${lost}${faults.join('; ') || 'as it should be'}\n`,
      );
    } catch (error) {
      results.push({ step, error: String(error) });
      process.stdout.write(`${run + 1} ${where}: ${String(error)}\n`);
      await world.close();
      world = await VoicemailKill.begin();
    }
  }
}
await world.close();
process.stdout.write(`\n${voicemailKillTable(results)}\n`);
process.exit(results.every((one) => 'faults' in one && one.faults.length === 0) ? 0 : 1);
