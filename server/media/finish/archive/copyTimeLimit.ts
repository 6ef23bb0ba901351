const LEAST_MS = 120_000;

/** ffmpeg copies and reads at the speed of the disk; as slow as the recording itself is a hang. */
export const copyTimeLimitMs = (durationMs: number): number => LEAST_MS + durationMs;
