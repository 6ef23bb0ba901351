// `npm run bench -- alike [samples] [word]`, the word of questions to ask: can what is there be told from what is not by the time of the answer?
import { mkdirSync, writeFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';
import { startApp } from '../../support/startApp.ts';
import { gap, superiority } from '../measure/difference.ts';
import { median, quantile } from '../measure/statistics.ts';
import { Guesser } from './Guesser.ts';
import { questionsOf, type Question } from './questions.ts';
import { Town } from './Town.ts';

const SAMPLES = 2_000;
const WARM_UP = 50;
/**
 * Alike is what a guesser gets right in at most 55 of 100 looks, where 50 is chance. With 2,000 samples of
 * each, chance alone stays within 2 of that (three standard deviations).
 */
const MAX_SHIFT = 0.05;
/** And with no more than this of one's times where the other has none. */
const MAX_GAP = 0.1;
/** With fewer, chance alone comes close to what is allowed. */
const MIN_SAMPLES = 1_000;
const RESULTS = new URL('../../results/', import.meta.url);

interface Verdict {
  readonly what: string;
  readonly samples: number;
  readonly medianMs: { readonly there: number; readonly absent: number };
  readonly p95Ms: { readonly there: number; readonly absent: number };
  readonly superiority: number;
  readonly gap: number;
  readonly verdict: 'alike' | 'apart' | 'too few samples';
}

/** Both in turn, which first being chance: what disturbs one disturbs the other. */
const sample = async ({ there, absent }: Question, samples: number) => {
  const times: { there: number[]; absent: number[] } = { there: [], absent: [] };
  for (let n = -WARM_UP; n < samples; n += 1) {
    const isFirst = Math.random() < 0.5;
    const at = n + WARM_UP;
    const before = isFirst ? undefined : await absent(at);
    const thereMs = await there(at);
    const absentMs = before ?? (await absent(at));
    if (n < 0) continue;
    times.there.push(thereMs);
    times.absent.push(absentMs);
  }
  return times;
};

const judge = async (question: Question, samples: number): Promise<Verdict> => {
  const { there, absent } = await sample(question, samples);
  const found = { superiority: superiority(there, absent), gap: gap(there, absent) };
  const isAlike = Math.abs(found.superiority - 0.5) <= MAX_SHIFT && found.gap <= MAX_GAP;
  return {
    what: question.what,
    samples,
    medianMs: { there: median(there), absent: median(absent) },
    p95Ms: { there: quantile(there, 0.95), absent: quantile(absent, 0.95) },
    ...found,
    verdict: samples < MIN_SAMPLES ? 'too few samples' : isAlike ? 'alike' : 'apart',
  };
};

const HEAD = ['', 'there ms', 'absent ms', 'p95', 'p95', 'right of 100', 'gap', ''];
const rowOf = ({ what, medianMs, p95Ms, ...found }: Verdict): string[] => [
  what,
  medianMs.there.toFixed(3),
  medianMs.absent.toFixed(3),
  p95Ms.there.toFixed(3),
  p95Ms.absent.toFixed(3),
  (50 + 100 * Math.abs(found.superiority - 0.5)).toFixed(1),
  found.gap.toFixed(3),
  found.verdict,
];
const print = (row: readonly string[]): void => {
  const [what = '', ...cells] = row;
  process.stdout.write(`${what.padEnd(40)}${cells.map((cell) => cell.padStart(13)).join('')}\n`);
};

const samples = Number(process.argv[2] ?? SAMPLES);
if (!Number.isInteger(samples) || samples < 1) {
  process.stderr.write('Usage: alike [samples] [word of the questions]\n');
  process.exit(2);
}
const running = await startApp({ TRUST_PROXY: 'loopback' });
const guesser = new Guesser(running.url);
const town = await Town.create(running);
const verdicts: Verdict[] = [];
const loadBefore = loadavg()[0];
try {
  print(HEAD);
  const word = process.argv[3] ?? '';
  for (const question of questionsOf(guesser, town).filter(({ what }) => what.includes(word))) {
    const verdict = await judge(question, samples);
    verdicts.push(verdict);
    print(rowOf(verdict));
  }
} finally {
  guesser.close();
  await town.close();
  await running.close();
}
mkdirSync(RESULTS, { recursive: true });
const text = JSON.stringify({ at: new Date().toISOString(), loadBefore, verdicts }, null, 2);
writeFileSync(fileURLToPath(new URL('alike.json', RESULTS)), `${text}\n`);
process.exit(verdicts.some(({ verdict }) => verdict === 'apart') ? 1 : 0);
