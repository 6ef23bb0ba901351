import type { Grade, Health } from '../protocol/recordings.ts';

const RANK: Readonly<Record<Grade, number>> = { green: 0, amber: 1, red: 2 };

/** Green when nothing was found. */
export const worstGrade = (findings: Health['findings']): Grade =>
  findings.reduce<Grade>(
    (worst, { grade }) => (RANK[grade] > RANK[worst] ? grade : worst),
    'green',
  );

/** The code of what is found in a message in which there is nothing: neither heard nor seen. */
export const EMPTY_FINDING = 'empty';
