const FIRST_DELAY_MS = 300;
/** More spares a server that comes back to a thousand clients; less shortens the silence. */
const LONGEST_DELAY_MS = 2000;
/** How far from the plain value a delay may lie, so that clients do not come back in step. */
const JITTER = 0.25;

/**
 * How long to wait after the failure of attempt `attempt` (counted from 1).
 * `random` is in [0, 1).
 */
export const retryDelayMs = (attempt: number, random: number): number => {
  const plain = Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** Math.max(0, attempt - 1));
  return plain * (1 - JITTER + 2 * JITTER * random);
};
