import { setTimeout as delay } from 'node:timers/promises';

export interface WaitOptions {
  readonly timeoutMs?: number;
  /** How often one looks; the look itself may take its time. */
  readonly everyMs?: number;
}

const words = (value: unknown): string => {
  const text = value instanceof Error ? value.message : JSON.stringify(value);
  return (text ?? String(value)).slice(0, 1500);
};

/**
 * Looks until what is seen is as it should be, and returns it. Fails with what should have been
 * true and what was seen last; a look that throws counts as one that saw its error.
 */
export const waitFor = async <T>(
  what: string,
  look: () => T | Promise<T>,
  isGood: (seen: T) => boolean = Boolean,
  { timeoutMs = 15_000, everyMs = 100 }: WaitOptions = {},
): Promise<T> => {
  const startedAt = performance.now();
  let last: unknown = 'nothing';
  do {
    try {
      const seen = await look();
      if (isGood(seen)) return seen;
      last = seen;
    } catch (error) {
      last = error;
    }
    await delay(everyMs);
  } while (performance.now() - startedAt < timeoutMs);
  throw new Error(`Not within ${timeoutMs} ms: ${what}. Last seen: ${words(last)}`);
};

/** The outcome of something under way, or an error that names it when it takes too long. */
export const within = async <T>(
  timeoutMs: number,
  what: string,
  underWay: Promise<T>,
): Promise<T> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`Not within ${timeoutMs} ms: ${what}`)), timeoutMs);
  });
  try {
    return await Promise.race([underWay, late]);
  } finally {
    clearTimeout(timer);
  }
};
