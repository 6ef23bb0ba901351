/** Grey: not configured, or nothing that could be asked here. */
export type Light = 'green' | 'yellow' | 'red' | 'grey';

export interface Line {
  readonly light: Light;
  readonly what: string;
  readonly found: string;
  /** What to do about a red or yellow line, in one sentence. */
  readonly cure?: string;
}

export function green(what: string, found: string): Line {
  return { light: 'green', what, found };
}

export function grey(what: string, found: string): Line {
  return { light: 'grey', what, found };
}

export function yellow(what: string, found: string, cure: string): Line {
  return { light: 'yellow', what, found, cure };
}

export function red(what: string, found: string, cure: string): Line {
  return { light: 'red', what, found, cure };
}

const marks: { [L in Light]: { mark: string; colour: number } } = {
  green: { mark: '✓', colour: 32 },
  yellow: { mark: '!', colour: 33 },
  red: { mark: '✗', colour: 31 },
  grey: { mark: '-', colour: 90 },
};

/** The line as a person reads it, in colour where the output shows colours. */
export function formatLine({ light, what, found, cure }: Line, coloured: boolean): string {
  const { mark, colour } = marks[light];
  const text = `${mark} ${what.padEnd(18)} ${found}`;
  const head = coloured ? `\u001b[${colour}m${text}\u001b[0m` : text;
  return cure === undefined ? head : `${head}\n${' '.repeat(21)}→ ${cure}`;
}
