import type { Rule } from '../../../../server/protocol/calls.ts';

/** The rule at one place stands at another, the rest in their order. */
export const movedRule = (rules: readonly Rule[], from: number, to: number): readonly Rule[] => {
  const rule = rules[from];
  return rule === undefined ? rules : rules.toSpliced(from, 1).toSpliced(to, 0, rule);
};
