// `npm run bench -- renders [2 | 30] [layout ...]`: a recording of so many minutes whose every flash and
// beep is known, rendered by each layout and compared with the script, picture by picture.
import { parseArgs } from 'node:util';
import type { RenderLayout } from '../../server/protocol/renders.ts';
import { faultsOfRender, type RenderVerdict } from '../support/truth/judgeRender.ts';
import { StagedCall } from '../support/truth/StagedCall.ts';
import { judgedRender } from './judgedRender.ts';
import { halfAnHour, twoMinutes } from './renderScripts.ts';

const LAYOUTS: readonly RenderLayout[] = ['grid', 'speaker', 'screen', 'single', 'audio'];
const HEAD = [
  'layout',
  'pictures',
  'certain',
  'wrong',
  'flashes',
  'missing',
  'extra',
  'worst ms',
  'stuck',
  'moving',
  'lost',
  'beeps',
  'missing',
  'extra',
  'worst ms',
  'against flash ms',
  'turns',
  'worst ms',
  'wrong',
  'seconds',
];

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);
const worst = (values: readonly number[]): string =>
  Math.max(0, ...values.map((value) => Math.abs(value))).toFixed(1);

const eventCells = (events: RenderVerdict['archives'][number]['events']): string[] => [
  `${sum(events.map(({ found }) => found))}`,
  `${sum(events.map(({ missing }) => missing.length))}`,
  `${sum(events.map(({ extra }) => extra.length))}`,
  worst(events.map(({ errors }) => errors.maxMs)),
];

const rowOf = (verdict: RenderVerdict, tookMs: number): string[] => {
  const { layout, crowd, archives, stuck, speaker, unwanted } = verdict;
  const events = archives.flatMap((archive) => archive.events);
  const isBeep = ({ what }: (typeof events)[number]): boolean => what.endsWith('microphone');
  const frames = archives.flatMap((archive) => archive.frames);
  const [found, missing, extra, off] = eventCells(events.filter(isBeep));
  return [
    layout,
    ...(crowd ? [crowd.frames, crowd.judged, crowd.wrong].map(String) : ['', '', '']),
    ...eventCells(events.filter((event) => !isBeep(event))),
    String(stuck.length),
    String(sum(frames.map(({ must }) => must))),
    String(sum(frames.map((one) => one.missing))),
    found ?? '',
    missing ?? '',
    String(Number(extra) + unwanted),
    off ?? '',
    worst(archives.flatMap(({ sync }) => sync?.maxMs ?? [])),
    ...(speaker
      ? [String(speaker.turns), speaker.worstMs.toFixed(0), `${speaker.wrong}/${speaker.judged}`]
      : ['', '', '']),
    (tookMs / 1000).toFixed(0),
  ];
};

const table = (rows: readonly (readonly string[])[]): string => {
  const lines = [HEAD, ...rows];
  const widths = HEAD.map((_, at) => Math.max(...lines.map((line) => line[at]?.length ?? 0)));
  return lines
    .map((line) => line.map((cell, at) => cell.padStart(widths[at] ?? 0)).join('  '))
    .join('\n');
};

const { positionals } = parseArgs({ allowPositionals: true });
const lengths = { 2: twoMinutes, 30: halfAnHour } as const;
const isLong = positionals.includes('30');
const named = positionals.filter((word) => !(word in lengths) && word !== 'renders');
const unknown = named.filter((word) => !LAYOUTS.some((layout) => layout === word));
if (unknown.length > 0) {
  process.stderr.write(`Usage: renders [2 | 30] [${LAYOUTS.join(' | ')} ...]\n`);
  process.exit(2);
}
const usual = isLong ? LAYOUTS.slice(0, 2) : LAYOUTS;
const layouts = named.length > 0 ? LAYOUTS.filter((layout) => named.includes(layout)) : usual;
const call = await StagedCall.create(isLong ? halfAnHour() : twoMinutes());
const rows: string[][] = [];
let good = true;
try {
  const person = call.record.people[0]?.participantId ?? null;
  for (const layout of layouts) {
    const startedAt = performance.now();
    const wish = { layout, person: layout === 'single' ? person : null };
    const { verdict, complaints } = await judgedRender(call, wish);
    rows.push(rowOf(verdict, performance.now() - startedAt));
    const faults = [...complaints, ...faultsOfRender(verdict, { least: 5 })];
    good &&= faults.length === 0;
    say(`${layout}: ${faults.length === 0 ? 'no fault' : `\n  ${faults.join('\n  ')}`}`);
  }
} finally {
  await call.close();
}
say(`\n${table(rows)}`);
process.exit(good ? 0 : 1);
