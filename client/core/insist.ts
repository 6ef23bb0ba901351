import type { Clock } from './clock.ts';
import { isLineFault, SignalingError, type SignalingErrorCode } from './SignalingError.ts';

/**
 * Answers that may be different a moment later: the worker died under the request and the room is
 * about to move, the server was busy, or the answer got lost.
 */
const PASSING: ReadonlySet<SignalingErrorCode> = new Set<SignalingErrorCode>([
  'internal',
  'unavailable',
  'wrong_state',
  'not_found',
  'rate_limited',
  'timeout',
]);

/** Long enough for a room to have moved to another worker after the last one. */
const DELAYS_MS = [250, 500, 1000, 2000] as const;

export const isPassing = (error: unknown): boolean =>
  error instanceof SignalingError && PASSING.has(error.code);

/** An answer that will be the same next time. */
export const isRefusal = (error: unknown): boolean =>
  error instanceof SignalingError
    ? !isPassing(error) && !isLineFault(error)
    : error instanceof Error && error.name === 'UnsupportedError';

export interface InsistOptions {
  readonly clock: Clock;
  readonly wanted: () => boolean;
  /** Default: the server's passing answers. */
  readonly mayPass?: (error: unknown) => boolean;
}

/** Repeats `task` while its failure may pass and `wanted()` holds; then throws the last failure. */
export const insist = async <T>(
  task: () => Promise<T>,
  { clock, wanted, mayPass = isPassing }: InsistOptions,
): Promise<T> => {
  for (const delayMs of DELAYS_MS) {
    try {
      return await task();
    } catch (error) {
      if (!mayPass(error) || !wanted()) throw error;
      await new Promise<void>((resolve) => clock.after(delayMs, resolve));
      if (!wanted()) throw error;
    }
  }
  return task();
};
