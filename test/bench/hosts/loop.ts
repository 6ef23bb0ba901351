import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { LoopDelay } from './sides.ts';

/** Finer finds shorter delays, and costs a wake-up each time. */
const RESOLUTION_MS = 10;

const toMs = (nanoseconds: number): number => Math.max(0, nanoseconds / 1e6 - RESOLUTION_MS);

/** Watches from now on; each answer begins anew. */
export const watchLoop = (): (() => LoopDelay) => {
  const histogram = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  histogram.enable();
  return () => {
    const delay = {
      p50Ms: toMs(histogram.percentile(50)),
      p99Ms: toMs(histogram.percentile(99)),
      maxMs: toMs(histogram.max),
    };
    histogram.reset();
    return delay;
  };
};
