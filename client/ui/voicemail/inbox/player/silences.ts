/** How loud a message is, in equal steps from its beginning on: 0 to 1. */
export interface Levels {
  readonly stepMs: number;
  readonly levels: readonly number[];
}

export interface Silence {
  readonly startMs: number;
  readonly endMs: number;
}

/** Shorter pauses belong to the way somebody talks. */
const LEAST_MS = 900;
/** Left at either end, so that no word is cut. */
const MARGIN_MS = 200;
/** Against the loudest: what is quieter is the room, not the voice. */
const QUIET_SHARE = 0.08;
/** Steps of 8 bits: in less than this there is nothing. */
const NOTHING = 2 / 128;

/** Where nobody says anything for a while. */
export const silencesIn = ({ stepMs, levels }: Levels): readonly Silence[] => {
  const limit = Math.max(NOTHING, QUIET_SHARE * Math.max(0, ...levels));
  const found: Silence[] = [];
  let start: number | null = null;
  const end = (index: number) => {
    if (start === null) return;
    const [fromMs, toMs] = [start * stepMs, index * stepMs];
    start = null;
    if (toMs - fromMs < LEAST_MS) return;
    found.push({ startMs: fromMs + MARGIN_MS, endMs: toMs - MARGIN_MS });
  };
  for (const [index, level] of levels.entries()) {
    if (level > limit) end(index);
    else start ??= index;
  }
  end(levels.length);
  return found;
};

/** Where to go on from here; null: something is said here. */
export const leapFrom = (silences: readonly Silence[], atMs: number): number | null =>
  silences.find(({ startMs, endMs }) => atMs >= startMs && atMs < endMs)?.endMs ?? null;
