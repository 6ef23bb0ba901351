export type Verdict = 'met' | 'missed' | 'void' | 'no aim';

/** One line of the table. `ours` and `yardstick` carry the same unit. */
export interface Row {
  readonly id: string;
  readonly figure: string;
  readonly unit: string;
  readonly ours: number;
  readonly yardstick: number;
  /** Ours divided by the yardstick. */
  readonly ratio: number;
  readonly aim: string;
  readonly verdict: Verdict;
  readonly notes: readonly string[];
}

export interface Aim {
  readonly atLeast?: number;
  readonly atMost?: number;
}

export interface Finding {
  readonly id: string;
  readonly figure: string;
  readonly unit: string;
  readonly ours: number;
  readonly yardstick: number;
  /** Where it is not simply ours / yardstick, such as the median of pairs. */
  readonly ratio?: number;
  readonly aim: Aim;
  /** Why nothing may be concluded from it; empty when something may. */
  readonly voids?: readonly string[];
  readonly notes: readonly string[];
}

export const toRow = ({ aim, voids = [], notes, ...found }: Finding): Row => {
  const ratio = found.ratio ?? found.ours / found.yardstick;
  return {
    ...found,
    ratio,
    aim: describe(aim),
    verdict: voids.length > 0 || Number.isNaN(ratio) ? 'void' : judge(ratio, aim),
    notes: [...voids.map((reason) => `VOID: ${reason}`), ...notes],
  };
};

const describe = ({ atLeast, atMost }: Aim): string => {
  if (atLeast !== undefined) return `>= ${atLeast}`;
  return atMost === undefined ? '' : `<= ${atMost}`;
};

const judge = (ratio: number, { atLeast, atMost }: Aim): Verdict => {
  if (atLeast !== undefined) return ratio >= atLeast ? 'met' : 'missed';
  if (atMost !== undefined) return ratio <= atMost ? 'met' : 'missed';
  return 'no aim';
};
