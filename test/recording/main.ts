// `npm run bench -- truth [short | long] [clean | lossy]`: a scripted call, recorded and compared
// with what was sent, flash by flash and beep by beep. By default both kinds of line, two minutes each.
import { parseArgs } from 'node:util';
import { quantile } from '../bench/measure/statistics.ts';
import { startApp } from '../support/startApp.ts';
import { faultsOf } from '../support/truth/faultsOf.ts';
import { Impairment } from '../support/truth/Impairment.ts';
import { verdictTable } from '../support/truth/verdictTable.ts';
import { perform } from './scriptedCall.ts';
import { LONG, SHORT } from './scripts.ts';

const WORDS = new Set(['short', 'long', 'clean', 'lossy']);
const say = (line: string): void => void process.stdout.write(`${line}\n`);

const run = async (lossy: boolean, script: typeof LONG): Promise<boolean> => {
  const app = await startApp();
  const impairment = lossy
    ? await Impairment.create({ seed: 7, loss: 0.05, jitterMs: 40 })
    : undefined;
  try {
    const { archives, browser, latenessMs } = await perform({
      app,
      script,
      withBrowser: true,
      ...(impairment && { impairment }),
    });
    const verdicts = archives.map(({ verdict }) => verdict);
    const faults = verdicts.flatMap(faultsOf);
    say(`\n${lossy ? '5 % loss, 40 ms jitter' : 'clean line'}, ${script.stop} s`);
    say(verdictTable(verdicts));
    say(`Dee (a browser): ${JSON.stringify(browser)}`);
    if (impairment) {
      const { packets, lost } = impairment.counts;
      say(`The line lost ${lost} of ${packets} packets, both ways.`);
    }
    const [p95, max] = [quantile(latenessMs, 0.95), Math.max(...latenessMs)];
    say(`Senders were late by ${p95.toFixed(1)} ms (p95), ${max.toFixed(1)} ms (max).`);
    say(faults.length === 0 ? 'No fault.' : `Faults:\n  ${faults.join('\n  ')}`);
    return faults.length === 0;
  } finally {
    impairment?.close();
    await app.close();
  }
};

const { positionals } = parseArgs({ allowPositionals: true });
const unknown = positionals.filter((word) => !WORDS.has(word));
if (unknown.length > 0) {
  process.stderr.write(`Usage: main.ts [short | long] [clean | lossy]\n`);
  process.exit(2);
}
const script = positionals.includes('short') ? SHORT : LONG;
const lines = [
  ...(positionals.includes('lossy') ? [] : [false]),
  ...(positionals.includes('clean') ? [] : [true]),
];
let good = true;
for (const lossy of lines) good = (await run(lossy, script)) && good;
process.exit(good ? 0 : 1);
