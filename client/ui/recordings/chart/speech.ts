import type { Stretch } from '../../../../server/protocol/renders.ts';

/** `speakers.json` as the server writes it. */
export interface Speakers {
  readonly durationMs: number;
  readonly speakers: readonly Speaker[];
}

export interface Speaker {
  readonly participantId: string;
  readonly name: string;
  readonly turns: readonly Stretch[];
}

export interface Lane extends Speaker {
  readonly talkMs: number;
  /** Of all talk, 0 to 1. */
  readonly share: number;
}

export interface Chapter extends Stretch {
  readonly participantId: string;
  readonly name: string;
}

const lengthOf = (turns: readonly Stretch[]): number =>
  turns.reduce((sum, { fromMs, toMs }) => sum + toMs - fromMs, 0);

/** A lane per person, in the order of the file. */
export const lanesOf = ({ speakers }: Speakers): readonly Lane[] => {
  const total = speakers.reduce((sum, { turns }) => sum + lengthOf(turns), 0);
  return speakers.map((speaker) => {
    const talkMs = lengthOf(speaker.turns);
    return { ...speaker, talkMs, share: total === 0 ? 0 : talkMs / total };
  });
};

/** A breath within one's own words; longer makes two chapters of one speech. */
const BREATH_MS = 3_000;
/** What is shorter is a remark. */
const SHORTEST_MS = 10_000;

const joined = (turns: readonly Chapter[], breathMs: number): Chapter[] => {
  const chapters: Chapter[] = [];
  for (const turn of turns) {
    const last = chapters.at(-1);
    if (last?.participantId === turn.participantId && turn.fromMs - last.toMs <= breathMs) {
      chapters[chapters.length - 1] = { ...last, toMs: Math.max(last.toMs, turn.toMs) };
    } else chapters.push(turn);
  }
  return chapters;
};

/** Who held the floor, in order: turns of some length, joined where nobody else had one between. */
export const chaptersOf = ({ speakers }: Speakers): readonly Chapter[] => {
  const long = speakers.flatMap(({ participantId, name, turns }) =>
    joined(
      turns.map((turn) => ({ ...turn, participantId, name })),
      BREATH_MS,
    ).filter(({ fromMs, toMs }) => toMs - fromMs >= SHORTEST_MS),
  );
  return joined(
    long.toSorted((a, b) => a.fromMs - b.fromMs),
    Infinity,
  );
};

/** Thinner would not be seen: a thousandth and a half of the chart. */
const THINNEST = 1.5;

/** Turns as bars in a box 1000 wide and 10 high, for the `d` of one SVG path. */
export const lanePath = (turns: readonly Stretch[], durationMs: number): string =>
  turns
    .map(({ fromMs, toMs }) => {
      const x = (fromMs / durationMs) * 1000;
      const width = Math.max(THINNEST, ((toMs - fromMs) / durationMs) * 1000);
      return `M${x.toFixed(1)} 0h${width.toFixed(1)}v10h-${width.toFixed(1)}z`;
    })
    .join('');
