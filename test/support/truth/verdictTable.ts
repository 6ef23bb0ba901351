import type { ArchiveVerdict, Errors } from './judge.ts';

const HEAD = ['track', 'must', 'found', 'missing', 'extra', 'p95 ms', 'max ms', 'notes'];

const ms = (value: number): string => value.toFixed(1);
const times = ({ p95Ms, maxMs }: Errors): string[] => [ms(p95Ms), ms(maxMs)];
const seconds = (values: readonly number[]): string =>
  values.length === 0 ? '0' : `${values.length} (${values.map(Math.round).join(' ')})`;

const rows = ({ events, frames, sounds, sync, complaints }: ArchiveVerdict): string[][] => [
  ...events.map(({ what, must, found, missing, extra, errors }) => [
    what,
    String(must),
    String(found),
    seconds(missing),
    seconds(extra),
    ...times(errors),
    '',
  ]),
  ...frames.map(({ what, must, missing, errors, corrupt, unexplained, longestCorruptMs }) => [
    `${what}, pictures`,
    String(must),
    String(must - missing),
    String(missing),
    '',
    ...times(errors),
    `corrupt ${corrupt} (unexplained ${unexplained}), longest ${longestCorruptMs.toFixed(0)} ms`,
  ]),
  ...sounds.map(({ what, noises, missing, lostMs }) => [
    `${what}, sound`,
    '',
    '',
    seconds(missing),
    seconds(noises),
    '',
    '',
    `lost on the line ${lostMs} ms`,
  ]),
  ...(sync ? [['  beep against flash', '', String(sync.pairs), '', '', ...times(sync), '']] : []),
  ...complaints.slice(0, 3).map((complaint) => [`  decoder: ${complaint}`]),
];

/** For a terminal. */
export const verdictTable = (verdicts: readonly ArchiveVerdict[]): string => {
  const lines = [HEAD, ...verdicts.flatMap(rows)];
  const widths = HEAD.map((_, at) =>
    Math.max(...lines.filter(({ length }) => length > 1).map((line) => line[at]?.length ?? 0)),
  );
  return lines
    .map((line) =>
      line
        .map((cell, at) => cell.padEnd(widths[at] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
};
