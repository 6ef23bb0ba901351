/** So much of a message is enough to say that it was heard, if it is not over before. */
const ENOUGH_MS = 5_000;
const ENOUGH_SHARE = 0.8;

/** `heardMs`: what was played of it, each moment once. */
export const isHeard = (heardMs: number, durationMs: number): boolean =>
  heardMs >= Math.min(ENOUGH_MS, durationMs * ENOUGH_SHARE);
