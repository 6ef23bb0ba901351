import type { Row } from './result.ts';

const number = (value: number): string => {
  if (Number.isNaN(value)) return '-';
  if (Math.abs(value) >= 1000) return Math.round(value).toLocaleString('en');
  return value.toPrecision(3);
};

const HEAD = ['id', 'figure', 'ours', 'yardstick', 'unit', 'ratio', 'aim', 'verdict'];
const NUMBERS = new Set([2, 3, 5]);

const cells = (row: Row): string[] => [
  row.id,
  row.figure,
  number(row.ours),
  number(row.yardstick),
  row.unit,
  Number.isNaN(row.ratio) ? '-' : row.ratio.toFixed(2),
  row.aim,
  row.verdict,
];

/** The table for a terminal, each row's notes below it. */
export const formatTable = (rows: readonly Row[]): string => {
  const lines = [HEAD, ...rows.map(cells)];
  const widths = HEAD.map((_, at) => Math.max(...lines.map((line) => (line[at] ?? '').length)));
  const format = (line: readonly string[]): string =>
    line
      .map((cell, at) => {
        const width = widths[at] ?? 0;
        return NUMBERS.has(at) ? cell.padStart(width) : cell.padEnd(width);
      })
      .join('  ')
      .trimEnd();
  const body = rows.flatMap((row, at) => [
    format(lines[at + 1] ?? []),
    ...row.notes.map((note) => `      ${note}`),
  ]);
  const total = widths.reduce((sum, width) => sum + width + 2, -2);
  return [format(HEAD), '-'.repeat(total), ...body].join('\n');
};
